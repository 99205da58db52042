import { SaxesParser } from 'saxes'
import { textOf } from '../bytes.ts'
import type { Sink, Spot } from '../source.ts'

/** An element once it is closed: its text, and where it began. */
export interface Element {
  name: string
  attributes: Record<string, string>
  text: string
  /** The names of the elements around it, from the outermost. */
  path: readonly string[]
  spot: Spot
}

/** More than any comment: what is beyond is dropped, and so is what it stands in. */
const textLimit = 1_000_000
/** Deeper than any export goes; beyond, elements are passed over. */
const depthLimit = 100
const faultLimit = 1_000

interface Open {
  name: string
  attributes: Record<string, string>
  text: string
  spot: Spot
}

/**
 * Reads XML that need not be well-formed: what the parser stumbles over is a fault, and it goes on behind it. Entities of a
 * DTD are never expanded, and nothing is fetched.
 * @param onOpen told when an element begins, without its text
 */
export async function readXml(
  file: string,
  sink: Pick<Sink, 'fault'>,
  { onOpen, onClose }: { onOpen?: (element: Element) => void; onClose: (element: Element) => void },
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false })
  const stack: Open[] = []
  const path: string[] = []
  let faults = 0
  let last = ''
  parser.on('error', ({ message }) => {
    const spot: Spot = `line ${parser.line}`
    const reason = message.replace(/^(?:\S+:)?\d+:\d+: /, '').replace(/\.$/, '')
    // One mistake makes the parser stumble at each sign that follows.
    if (faults < faultLimit && last !== spot + reason) sink.fault(spot, reason)
    last = spot + reason
    faults += 1
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '', spot: `line ${parser.line}` } as const
    if (stack.length < depthLimit) onOpen?.({ ...element, path })
    stack.push({ ...element })
    path.push(name)
  })
  const add = (text: string) => {
    const open = stack.at(-1)
    if (open && open.text.length + text.length <= textLimit) open.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = stack.pop()
    path.pop()
    if (element && stack.length < depthLimit) onClose({ ...element, path })
  })
  for await (const text of textOf(file)) parser.write(text)
  parser.close()
}
