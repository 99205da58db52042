import { setTimeout as pause } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { CasePage, Decided, type CaseView } from '../../core/contract/moderation.ts'
import { answering } from '../apart.ts'
import { Task, type Tally } from './client.ts'

const casePage = Compile(CasePage)
const decidedReply = Compile(Decided)

/** Cases on screen, and how many of them one decides before the queue is read again: each second, as a console does. */
const onScreen = 20
const inOneGo = 4

/**
 * Several moderators at once, each with the head of the same queue before them: so they meet at the same cases, and all
 * but one are told that somebody was faster.
 */
async function moderate({ origin, emails, wanted, think }: Task): Promise<Tally> {
  const cookies = await Promise.all(emails.map((email) => signIn(origin, email)))
  const tally: Tally = { made: [], since: Date.now(), seconds: 0, conflicts: 0, times: [] }
  const started = performance.now()
  await Promise.all(cookies.map((cookie, nth) => work({ origin, wanted, think }, cookie, nth, tally)))
  tally.seconds = (performance.now() - started) / 1000
  return tally
}

async function work(
  { origin, wanted, think }: Omit<Task, 'emails'>,
  cookie: string,
  nth: number,
  tally: Tally,
): Promise<void> {
  while (tally.made.length < wanted) {
    const { cases } = await read(origin, cookie)
    if (cases.length === 0) return
    // Somewhere on screen, as people do: not all at its top.
    const from = Math.floor(Math.random() * (cases.length - inOneGo))
    for (const [at, one] of cases.slice(Math.max(0, from)).slice(0, inOneGo).entries()) {
      if (tally.made.length >= wanted) return
      await pause(think * (0.5 + Math.random()))
      await decide(origin, cookie, one, (at + nth) % 3 === 0, tally)
    }
  }
}

async function decide(
  origin: string,
  cookie: string,
  one: CaseView,
  rejects: boolean,
  tally: Tally,
): Promise<void> {
  const seen = { revision: one.comment.revision, version: one.version }
  const started = performance.now()
  const answer = await fetch(`${origin}/v1/sites/demo/cases/${one.id}/decisions`, {
    method: 'POST',
    headers: { origin, cookie, 'content-type': 'application/json' },
    body: JSON.stringify(
      rejects ? { action: 'reject', reason: 'spam', ...seen } : { action: 'approve', ...seen },
    ),
  })
  const said: unknown = await answer.json()
  if (answer.status === 409) {
    tally.conflicts += 1
    return
  }
  if (answer.status !== 201 || !decidedReply.Check(said))
    throw new Error(`${answer.status}: ${JSON.stringify(said)}`)
  tally.times.push(performance.now() - started)
  tally.made.push(said.decision.id)
}

async function read(origin: string, cookie: string): Promise<CasePage> {
  const answer = await fetch(`${origin}/v1/sites/demo/cases?limit=${onScreen}`, { headers: { cookie } })
  const page: unknown = await answer.json()
  if (!casePage.Check(page)) throw new Error(`${answer.status}: ${JSON.stringify(page)}`)
  return page
}

async function signIn(origin: string, email: string): Promise<string> {
  const answer = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'margin-notes' }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 200 || !cookie) throw new Error(`${email}: ${answer.status}`)
  return cookie
}

answering(Task, moderate)
