import { expect } from 'vitest'
import { createSite } from '../../server/sites/index.ts'
import { Caller } from '../moderation/caller.ts'
import { cookiesOf, publisher, type Stage } from '../moderation/stage.ts'

const params = { site: 'demo' }

/** Has the demo site take guests or not, as its server knows it from then on. */
export async function takeGuests(stage: Stage, takesGuests: boolean): Promise<void> {
  await createSite(stage.db, { slug: 'demo', takesGuests })
  const ways = async () => await new Caller(stage.app).ok('GET /v1/sites/:site/sign-in', { params })
  await expect.poll(ways).toMatchObject({ guests: takesGuests })
}

/** The request of the sign-in window, for the page that opened it. */
export const ask = (stage: Stage, name: string, origin = publisher, site = 'demo') =>
  new Caller(stage.app).request('POST /v1/sites/:site/guests', {
    params: { site },
    body: { name, origin },
  })

/** A guest of the demo site, in the embed on its publisher's page. */
export async function beGuest(stage: Stage, name: string): Promise<{ id: string; guest: Embedded }> {
  const { code } = await new Caller(stage.app).ok('POST /v1/sites/:site/guests', {
    params,
    body: { name, origin: publisher },
  })
  const answer = await new Caller(stage.app).request('POST /v1/sites/:site/session', {
    params,
    body: { code },
    origin: publisher,
  })
  const guest = new Embedded(stage.app, cookiesOf(answer))
  const { viewer } = await guest.ok('GET /v1/sites/:site/session', { params })
  if (viewer?.name !== name) throw new Error(answer.body)
  return { id: viewer.id, guest }
}

/** A browser on the publisher's page. */
class Embedded extends Caller {
  override request(...[name, said]: Parameters<Caller['request']>): ReturnType<Caller['request']> {
    return super.request(name, { origin: publisher, ...said })
  }
}
