import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CaseView } from '../../core/contract/moderation.ts'
import { hold, problemOf } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

/** A comment of Ada's with a word of the list, rejected. */
async function rejected() {
  return (await desk.reject(desk.mo, await desk.held(), 'abuse')).decision
}

describe('a card says of the author', () => {
  test('since when they are here, and what was decided last about their other comments', async () => {
    const first = await rejected()
    const second = await rejected()
    const about = await desk.held()
    expect(Date.parse(about.comment.author.joinedAt)).toBeLessThan(Date.parse(about.openedAt))
    expect(about.comment.author.history.slice(0, 2)).toEqual([
      {
        id: second.id,
        action: 'reject',
        reason: 'abuse',
        by: 'Mo',
        at: second.at,
        article: about.article.title,
      },
      expect.objectContaining({ id: first.id }),
    ])
  })

  test('five decisions at the most, none about this comment, and none that was undone', async () => {
    const all = []
    for (let nth = 0; nth < 6; nth += 1) all.push(await rejected())
    const undone = all.at(-1)?.id ?? ''
    await desk.undo(desk.mo, undone)
    const about = await desk.held()
    await desk.approve(desk.mo, about)
    const problem = problemOf(await desk.decide(desk.pia, about), 409)
    const { case: decided } = hold(Type.Object({ case: CaseView }), problem)
    const ids = decided.comment.author.history.map(({ id }) => id)
    expect(ids).toEqual(
      all
        .slice(0, 5)
        .map(({ id }) => id)
        .reverse(),
    )
    expect(decided.decisions).toHaveLength(1)
  })

  test('nothing of what was decided about others', async () => {
    await rejected()
    const comment = await desk.say(desk.bela, 'Fine.')
    await desk.report(desk.ada, comment.id)
    expect((await desk.caseOf(desk.mo, comment.id)).comment.author.history).toEqual([])
  })
})

describe('a card shows what answers the comment', () => {
  test('the first two and how many there are, without those that readers do not see', async () => {
    const comment = await desk.say(desk.bela, 'Rubbish.')
    await desk.say(desk.ada, 'What a crook.', comment.id)
    for (const words of ['One.', 'Two.', 'Three.']) await desk.say(desk.pia, words, comment.id)
    await desk.report(desk.ada, comment.id)
    expect((await desk.caseOf(desk.mo, comment.id)).replies).toMatchObject({
      count: 3,
      first: [
        { author: 'Pia', excerpt: 'One.' },
        { author: 'Pia', excerpt: 'Two.' },
      ],
    })
  })

  test('nothing where there is none', async () => {
    expect((await desk.held()).replies).toEqual({ count: 0, first: [] })
  })
})

test('a report says what became of the reporter’s earlier ones', async () => {
  const reported = async () => {
    const comment = await desk.say(desk.bela, 'Rubbish.')
    await desk.report(await desk.stage.as('chris@demo.example'), comment.id)
    return await desk.caseOf(desk.mo, comment.id)
  }
  const first = await reported()
  expect(first.reports).toMatchObject([{ by: 'Chris', upheld: 0, dismissed: 0 }])
  await desk.reject(desk.mo, first, 'abuse')
  await desk.approve(desk.mo, await reported())
  expect((await reported()).reports).toMatchObject([{ by: 'Chris', upheld: 1, dismissed: 1 }])
})
