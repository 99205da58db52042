/** The directives of one content security policy, by name. */
type Policy = ReadonlyMap<string, readonly string[]>

/**
 * The policies of a header or a `meta` element (Content Security Policy Level 3, §2.2).
 * @example policiesOf("default-src 'none'; script-src 'self'").length // 1
 */
export function policiesOf(text: string): Policy[] {
  return text.split(',').map((serialized) => {
    const policy = new Map<string, string[]>()
    for (const directive of serialized.split(';')) {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      // The first of a name holds.
      if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources)
    }
    return policy
  })
}

/**
 * Whether a policy lets a page load from an address, or connect to it (§6.7.2).
 * @param directives the one that is asked for, then those that stand for it where it is missing
 * @param nonce of the element that loads it
 */
export function lets(
  policy: Policy,
  directives: readonly string[],
  url: URL,
  page: URL,
  nonce: string | null = null,
): boolean {
  const name = directives.find((one) => policy.has(one))
  const sources = name === undefined ? undefined : policy.get(name)
  if (!sources) return true
  if (nonce !== null && nonce !== '' && sources.includes(`'nonce-${nonce}'`)) return true
  if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false
  return sources.some((source) => matches(source, url, page))
}

const hostSource = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^:/*]+)(?::(\d+|\*))?(\/.*)?$/i

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return /^(?:https?|wss?):$/.test(url.protocol)
  if (source.toLowerCase() === "'self'") return url.host === page.host && covers(page.protocol, url.protocol)
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return covers(source.toLowerCase(), url.protocol)
  const [, scheme, host = '', port, path] = hostSource.exec(source) ?? []
  if (!covers(scheme === undefined ? page.protocol : `${scheme.toLowerCase()}:`, url.protocol)) return false
  if (!coversHost(host.toLowerCase(), url.hostname)) return false
  if (port !== '*' && (port ?? standardPort(url)) !== (url.port || standardPort(url))) return false
  if (path === undefined || path === '/') return true
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path
}

const coversHost = (host: string, name: string) =>
  host === '*' || (host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host)

/** A scheme covers itself, and what is the same more safely. */
function covers(scheme: string, asked: string): boolean {
  if (scheme === asked) return true
  if (scheme === 'http:') return asked === 'https:'
  if (scheme === 'ws:') return asked === 'wss:' || asked === 'http:' || asked === 'https:'
  return scheme === 'wss:' && asked === 'https:'
}

const standardPort = ({ protocol }: URL) => (protocol === 'https:' || protocol === 'wss:' ? '443' : '80')
