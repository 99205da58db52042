import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** The memory that this process has of the system, in bytes, without what nobody needs any more. */
export function memory(): number {
  if (typeof collect === 'function') Reflect.apply(collect, undefined, [])
  return process.memoryUsage().rss
}
