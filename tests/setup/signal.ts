import { readFileSync } from 'node:fs'

/**
 * Sends a signal to a process and to those that it started, itself first. Of those some end by themselves once it is gone, which is
 * as good.
 */
export function signalAll(pid: number, signal: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  process.kill(pid, signal)
  for (const child of children) {
    try {
      process.kill(Number(child), signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}
