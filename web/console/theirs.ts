import type { ApiProblem } from '../shared/api.ts'

/**
 * What a problem says there is by now, where it was changed meanwhile and ours was refused for that.
 * @param name under which the problem has it
 * @param mark a property that tells it from other extensions: enough, since it is our own server's answer to our own contract
 */
export function theirsUnder<T extends { version: number }>(
  problem: ApiProblem['problem'] | null,
  name: string,
  mark: keyof T & string,
): T | null {
  const found: unknown = problem && Reflect.get(problem, name)
  const isTheirs = (one: unknown): one is T =>
    typeof one === 'object' && one !== null && 'version' in one && mark in one
  return isTheirs(found) ? found : null
}
