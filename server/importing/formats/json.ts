import JSONParser from '@streamparser/json/jsonparser.js'
import { bytesOf } from '../bytes.ts'
import type { Sink } from '../source.ts'

/**
 * Reads JSON of any length, a value at a time. What cannot be read is a fault, and ends the reading: behind it, nobody can
 * tell what belongs to what.
 * @param paths of the values, as `$.comments.*`
 * @param onValue told each value with its way: the keys from the outermost on
 */
export async function readJson(
  file: string,
  sink: Pick<Sink, 'fault'>,
  paths: string[],
  onValue: (value: unknown, way: (string | number)[], byte: number) => void,
): Promise<void> {
  const parser = new JSONParser({ paths, keepStack: false })
  let at = 0
  let broken = null as string | null
  parser.onToken = ({ offset }) => (at = offset)
  parser.onError = ({ message }) => (broken ??= message)
  parser.onValue = ({ value, key, stack }) => {
    const way = [...stack.slice(1).map((one) => one.key), key].filter((one) => one !== undefined)
    onValue(value, way, at)
  }
  for await (const bytes of bytesOf(file)) {
    if (!parser.isEnded) parser.write(bytes)
    if (broken !== null) return sink.fault(`byte ${at}`, said(broken))
  }
  if (!parser.isEnded) parser.end()
  if (broken !== null) sink.fault('the end', said(broken))
}

const said = (message: string) => `is no JSON from here on: ${message.slice(0, 200)}`
