import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** A process of its own, since browsers and readers do not run in the server either. One question at a time. */
export interface Apart {
  /** @throws Error when the process ends without an answer, or the answer has not the shape */
  ask<T extends TSchema>(question: object, shape: T): Promise<Static<T>>
  end(): void
}

/** Starts a module that answers by `answering`. */
export function apart(module: URL): Apart {
  const child = fork(module)
  // Which comes after all that was said, while the exit may be told before.
  const gone = once(child, 'disconnect').then(() => {
    throw new Error(`${module.pathname} ended without an answer`)
  })
  gone.catch(() => undefined)
  return {
    async ask(question, shape) {
      const answer = once(child, 'message')
      child.send(question)
      const said: unknown[] = await Promise.race([answer, gone])
      return Compile(shape).Parse(said[0])
    },
    end: () => child.disconnect(),
  }
}

/**
 * Answers what the process that started this one asks, until that lets go of it.
 * @param shape of the questions
 */
export function answering<T extends TSchema>(
  shape: T,
  answer: (question: Static<T>) => Promise<object>,
): void {
  const question = Compile(shape)
  process.on('message', (asked) => {
    answer(question.Parse(asked)).then(
      (said) => process.send?.(said),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('disconnect', () => process.exit())
}

/** Milliseconds of the epoch with their parts: the same in all processes of a machine. */
export const clock = (): number => performance.timeOrigin + performance.now()
