import { Type } from 'typebox'
import { answering } from '../apart.ts'
import { bareCommits } from '../bare-commits.ts'

const Task = Type.Object({ url: Type.String(), connections: Type.Number(), seconds: Type.Number() })

/** Clients that only write a row and commit it, one after another. */
answering(Task, async ({ url, connections, seconds }) => {
  // Makes the table.
  await bareCommits(url, 0, () => false)
  const until = performance.now() + seconds * 1000
  const goesOn = () => performance.now() < until
  const all = await Promise.all(Array.from({ length: connections }, () => bareCommits(url, 0, goesOn)))
  return { commits: all.reduce((sum, { length }) => sum + length, 0) }
})
