/** How this process runs. Everything has a default that works on a laptop. */
export interface Config {
  port: number
  host: string
  /** Null: run the embedded PostgreSQL. */
  databaseUrl: string | null
  /** By which the servers on one database tell each other what is new. Null: by PostgreSQL. */
  redisUrl: string | null
  production: boolean
  /** Behind a proxy that sets X-Forwarded-*: the client's address and protocol come from there. */
  trustProxy: boolean
  /** Multiplies every rate limit of the contract; a load test raises it. */
  limitFactor: number
  /** Past these, requests are sent away: milliseconds that the event loop lags, and queries that wait for a connection. */
  mostLag: number
  mostWaiting: number
  /** What who reads `/metrics` shows; null: nothing, and only from this machine's own network. */
  metricsToken: string | null
  logLevel: string
  /** Null: no mail is offered, and none sent. */
  mail: MailConfig | null
  /** The key that audit checkpoints are signed with: in PEM, or the path of a file. Null: the embedded database's own. */
  auditKey: string | null
  /** Null: no translation is offered, and no text leaves for one. */
  translate: TranslateConfig | null
  /** Articles' pages may be fetched from private addresses too: for development. */
  fetchPrivate: boolean
  /** What sites' providers of OpenID Connect know us by, by the short names of the sites. */
  oidcSecrets: ReadonlyMap<string, string>
}

export interface MailConfig {
  /** The mail server that takes our mail: `smtp://` or `smtps://`, with user and password where it asks for them. */
  smtpUrl: string
  /** Whom mail comes from, as it stands in the header. */
  from: string
  /** Where readers reach this server, without a slash at the end: links in mail begin with it. */
  publicUrl: string
}

/** A machine that translates, by the HTTP API of LibreTranslate. */
export interface TranslateConfig {
  /** Without a slash at the end. */
  url: string
  key: string | null
}

/**
 * Reads the configuration from environment variables.
 * @throws Error with one line that names the variable and what it takes
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = number(env, 'PORT', 4000, 0, 65_535)
  const production = env['NODE_ENV'] === 'production'
  return {
    port,
    host: env['HOST'] ?? '0.0.0.0',
    databaseUrl: env['DATABASE_URL'] ?? null,
    redisUrl: redis(env),
    production,
    trustProxy: env['TRUST_PROXY'] === '1',
    limitFactor: number(env, 'LIMIT_FACTOR', 1, 1, 1_000_000),
    mostLag: number(env, 'MOST_LAG', 500, 1, 60_000),
    mostWaiting: number(env, 'MOST_WAITING', 1000, 1, 1_000_000),
    metricsToken: env['METRICS_TOKEN'] || null,
    logLevel: env['LOG_LEVEL'] ?? 'warn',
    mail: mail(env, production ? null : `http://localhost:${port}`),
    auditKey: env['AUDIT_KEY'] || null,
    translate: translate(env),
    fetchPrivate: env['FETCH_LOCAL'] === '1',
    oidcSecrets: oidcSecrets(env),
  }
}

/** @param laptop where the server is reached when nothing says so; null where that must be said */
function mail(env: NodeJS.ProcessEnv, laptop: string | null): MailConfig | null {
  const smtpUrl = env['SMTP_URL'] ?? ''
  if (smtpUrl === '') return null
  // Not told in the error: it may hold a password.
  if (!hasScheme(smtpUrl, ['smtp:', 'smtps:']))
    throw new Error('SMTP_URL is not an address like smtp://user:password@mail.example.org:587.')
  const given = env['PUBLIC_URL'] ?? laptop ?? ''
  if (!hasScheme(given, ['https:', 'http:']))
    throw new Error(
      `PUBLIC_URL is "${given}"; with SMTP_URL it takes the address that readers reach this server at, like https://postil.example.org.`,
    )
  const publicUrl = new URL(given)
  const from = env['MAIL_FROM'] ?? `Postil <postil@${publicUrl.hostname}>`
  if (!/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/.test(from))
    throw new Error(`MAIL_FROM is "${from}"; it takes an address like Postil <postil@example.org>.`)
  return { smtpUrl, from, publicUrl: publicUrl.href.replace(/\/+$/, '') }
}

function redis(env: NodeJS.ProcessEnv): string | null {
  const url = env['REDIS_URL'] ?? ''
  if (url === '') return null
  // Not told in the error: it may hold a password.
  if (!hasScheme(url, ['redis:', 'rediss:']))
    throw new Error('REDIS_URL is not an address like redis://user:password@redis.example.org:6379.')
  return url
}

function translate(env: NodeJS.ProcessEnv): TranslateConfig | null {
  const url = env['TRANSLATE_URL'] ?? ''
  if (url === '') return null
  // Not told in the error: it may hold a password.
  if (!hasScheme(url, ['https:', 'http:']))
    throw new Error('TRANSLATE_URL is not an address like https://translate.example.org.')
  return { url: url.replace(/\/+$/, ''), key: env['TRANSLATE_KEY'] || null }
}

/** `OIDC_SECRET_MY_SITE` is that of the site `my-site`. */
function oidcSecrets(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const [name, secret] of Object.entries(env)) {
    const site = /^OIDC_SECRET_([A-Z0-9_]+)$/.exec(name)?.[1]
    if (site && secret) secrets.set(site.toLowerCase().replaceAll('_', '-'), secret)
  }
  return secrets
}

const hasScheme = (url: string, schemes: string[]) =>
  URL.canParse(url) && schemes.includes(new URL(url).protocol)

function number(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const given = env[name]
  if (given === undefined || given === '') return fallback
  const value = Number(given)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`${name} is "${given}"; it takes a whole number from ${least} to ${most}.`)
  }
  return value
}
