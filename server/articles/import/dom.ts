import { parseHTML } from 'linkedom'
import { ImportError } from './types.ts'

/** Elements in elements: no page nests so deep, and what reads pages recurses. */
const deepest = 512

/**
 * A page on a light DOM where no script runs and nothing loads; with a head and a body, as every browser gives it.
 * @throws ImportError where it nests too deep to be read
 */
export function parse(source: string): Document {
  const { document } = parseHTML(source)
  let level: Element[] = Array.from(document.children)
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest)
      throw new ImportError(`The page nests elements more than ${deepest} deep, as no article does.`)
    level = level.flatMap((element) => Array.from(element.children))
  }
  complete(document)
  return document
}

/** What stands in a head, also where its tags, which HTML lets a page leave out, are not there. */
const ofHead = new Set(['TITLE', 'META', 'LINK', 'BASE', 'STYLE', 'SCRIPT'])

/** Adds the `html`, `head` and `body` that a page leaves out: linkedom has no rules that imply them. */
function complete(document: Document): void {
  const named = (name: string, among: Iterable<Element>) =>
    Array.from(among).find(({ tagName }) => tagName === name) ?? document.createElement(name.toLowerCase())
  const html = named('HTML', document.children)
  if (html.children[0]?.tagName === 'HEAD' && html.children[1]?.tagName === 'BODY') return
  const outer = [...document.children, ...html.children]
  const [head, body] = [named('HEAD', outer), named('BODY', outer)]
  const begin = body.firstChild
  let place: 'head' | 'before' | 'after' = 'head'
  for (const node of [...document.childNodes].flatMap((top) =>
    top === html ? [...top.childNodes] : [top],
  )) {
    const isElement = node.nodeType === 1
    if (node === body) place = 'after'
    if (node === body || node === head || !(isElement || node.nodeType === 3)) continue
    if (place === 'head' && !(isElement ? ofHead.has(node.nodeName) : node.nodeValue?.trim() === ''))
      place = 'before'
    if (place === 'head') head.append(node)
    else body.insertBefore(node, place === 'before' ? begin : null)
  }
  for (const element of [head, body, html]) element.remove()
  html.append(head, body)
  document.append(html)
}
