import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

/** A server as a process of its own. */
export interface Process {
  child: ChildProcess
  origin: string
  port: number
  /** All that it has printed. */
  said(): string
}

/** Starts one as an operator does, on a port of its own, and waits for its greeting. */
export async function startNode(databaseUrl: string, env: NodeJS.ProcessEnv = {}): Promise<Process> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      HOST: 'localhost',
      LIMIT_FACTOR: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const ready = /ready at (http:\S+?)\/\s/.exec(said)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    child.once('exit', () => reject(new Error(`the server ended before it was ready: ${said}`)))
  })
  return { child, origin, port: Number(new URL(origin).port), said: () => said }
}

/** @returns the code it ended with; null where the signal itself did that */
export async function endNode({ child }: Process, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const over = once(child, 'exit')
  child.kill(signal)
  await over
  return child.exitCode
}
