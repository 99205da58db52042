import { expect, test } from 'vitest'
import { Relay, type Wire, type Word } from '../../server/live/relay.ts'

const id = (nth: number) => `01890a5d-ac96-774b-bcce-${String(nth).padStart(12, '0')}`
const article = (nth: number): Word => ({ kind: 'article', id: id(nth) })
const raise = (error: unknown) => {
  throw error
}

/** A wire that takes one text at a time, as slowly as the test wants. */
function openWire(longest = 7_999) {
  const texts: string[] = []
  const waiting: (() => void)[] = []
  const wire: Wire = {
    longest,
    carry: (text) => {
      texts.push(text)
      return new Promise<void>((resolve) => waiting.push(resolve))
    },
  }
  const next = () => waiting.shift()?.()
  return { wire, texts, next }
}
/** What another server hears of a text. */
const heard = (text: string) => new Relay(raise).hear(text).words

test('what is said while a text is under way goes together, and what is said twice once', async () => {
  const { wire, texts, next } = openWire()
  const relay = new Relay(raise)
  relay.use(wire)
  relay.say(article(1))
  await expect.poll(() => texts.map(heard)).toEqual([[article(1)]])
  for (const nth of [2, 2, 3, 2]) relay.say(article(nth))
  next()
  await expect.poll(() => texts.map(heard)).toEqual([[article(1)], [article(2), article(3)]])
  expect(relay.hear(texts[0] ?? '').words).toEqual([])
})

test('a text is never longer than the wire takes, and what is too long for any is left out', async () => {
  const { wire, texts, next } = openWire(300)
  const relay = new Relay(raise)
  relay.use(wire)
  relay.say({ kind: 'own', site: id(1), account: id(2), frame: 'x'.repeat(300) })
  for (let nth = 1; nth <= 9; nth += 1) relay.say(article(nth))
  const left = relay.leave()
  let isOver = false
  void left.then(() => (isOver = true))
  await expect
    .poll(() => {
      next()
      return isOver
    })
    .toBe(true)
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(300)
  expect(texts.flatMap(heard)).toEqual(Array.from({ length: 9 }, (_, nth) => article(nth + 1)))
})

test('who leaves has told what was said before, and says nothing after', async () => {
  const { wire, texts, next } = openWire()
  const relay = new Relay(raise)
  relay.use(wire)
  relay.say(article(1))
  await expect.poll(() => texts.length).toBe(1)
  relay.say(article(2))
  let isOver = false
  const left = relay.leave().then(() => (isOver = true))
  relay.say(article(3))
  next()
  await expect.poll(() => texts.length).toBe(2)
  expect(isOver).toBe(false)
  next()
  await left
  expect(texts.flatMap(heard)).toEqual([article(1), article(2)])
})

test('what is no word of ours is passed over', () => {
  const known = { from: id(9), words: [{ kind: 'later', id: id(1) }, article(1)] }
  expect(heard(JSON.stringify(known))).toEqual([article(1)])
  for (const text of ['', '{', 'null', '{"from":"me","words":[]}']) expect(heard(text)).toEqual([])
})
