import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NewInvitation } from '../../core/contract/staff.ts'
import { createAccount, findAccount } from '../../server/people/index.ts'
import { addJob } from '../../server/jobs/index.ts'
import type { Client } from '../server/client.ts'
import { site } from '../server/stage.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'

const invitations = 'POST /v1/sites/:site/invitations'
const again = 'POST /v1/sites/:site/invitations/:invitation/mail'
const reading = 'POST /v1/invitations/reading'
const acceptance = 'POST /v1/invitations/acceptance'
/** Another address for each test. */
let zoe = ''
let nth = 0
const account = { name: 'Zoë', password: 'a long password' }

let server: MailServer
let pia: Client
beforeAll(async () => {
  server = await openMailServer()
  pia = await server.signedIn('pia@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  server.office.mails.length = 0
  server.office.answer = () => null
  await sql`delete from invitation`.execute(server.db)
  nth += 1
  zoe = `zoe${nth}@elsewhere.example`
})

const invite = (given: Partial<NewInvitation> = {}) =>
  pia.ok(invitations, {
    params: { site },
    body: { email: zoe, role: 'moderator', sections: null, language: 'en', ...given },
  })
const pending = async () =>
  (await pia.ok('GET /v1/sites/:site/invitations', { params: { site } })).invitations

/** The token in the newest mail to an address. */
function tokenTo(address: string): string {
  const text = server.office.to(address).at(-1)?.text ?? ''
  const token = /#invitation=([\w-]{43})$/m.exec(text)?.[1]
  if (!token) throw new Error(`no link in: ${text}`)
  return token
}
async function invitedBy(given: Partial<NewInvitation> = {}): Promise<string> {
  await invite(given)
  await server.finish()
  return tokenTo(given.email ?? zoe)
}
const actions = async () => {
  const { rows } = await sql<{ action: string }>`
    select action from audit where action ~ 'invit' order by number
  `.execute(server.db)
  return rows.map(({ action }) => action)
}
const roleOf = async (email: string) => {
  const { rows } = await sql<{ role: string; sections: string[] | null }>`
    select role, sections from membership join account on account.id = account_id where email = ${email}
  `.execute(server.db)
  return rows[0] ?? null
}

describe('an invitation', () => {
  test('is mailed with a link, of which the database has a hash, and makes an account with the role', async () => {
    await invite({ sections: ['/sport'] })
    expect(await pending()).toMatchObject([
      { email: zoe, role: 'moderator', sections: ['/sport/'], by: 'Pia', mailedAt: null, problem: null },
    ])
    await server.finish()
    const [mail] = server.office.to(zoe)
    expect(mail?.subject).toBe('You are invited to moderate Demo')
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect((await pending())[0]?.mailedAt).not.toBeNull()
    const token = tokenTo(zoe)
    const { rows } = await sql`select to_jsonb(invitation) as row from invitation`.execute(server.db)
    expect(JSON.stringify(rows)).not.toContain(token)

    expect(await server.nobody.ok(reading, { body: { token } })).toEqual({
      site: 'demo',
      siteName: 'Demo',
      email: zoe,
      role: 'moderator',
      sections: ['/sport/'],
      hasAccount: false,
    })
    const her = await server.nobody.ok(acceptance, { body: { token, account } })
    expect(her).toMatchObject({ name: 'Zoë', email: zoe, sites: [{ slug: 'demo', role: 'moderator' }] })
    expect(await roleOf(zoe)).toEqual({ role: 'moderator', sections: ['/sport/'] })
    expect(await pending()).toEqual([])
    // Once, and no more.
    await server.nobody.refused(reading, 404, { body: { token } })
    await server.nobody.refused(acceptance, 404, { body: { token, account } })
    expect((await actions()).slice(-2)).toEqual(['invite', 'accept_invitation'])
  })

  test('signs in whose new account it makes', async () => {
    const token = await invitedBy()
    const answer = await fetch(`${server.origin}/v1/invitations/acceptance`, {
      method: 'POST',
      headers: { origin: server.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token, account }),
    })
    expect(answer.headers.getSetCookie().join()).toMatch(/^postil=\w+;.*HttpOnly/i)
  })

  test('is accepted by an account with its address, and by no other', async () => {
    await createAccount(server.db, { email: zoe.toUpperCase(), name: 'Z', password: 'margin-notes' })
    const token = await invitedBy({ role: 'lead' })
    expect(await server.nobody.ok(reading, { body: { token } })).toMatchObject({ hasAccount: true })
    await server.nobody.refused(acceptance, 401, { body: { token, account: null } })
    const ada = await server.signedIn('ada@demo.example')
    const other = await ada.refused(acceptance, 403, { body: { token, account: null } })
    expect(other.detail).toContain('you are signed in as ada@demo.example')
    const taken = await server.nobody.refused(acceptance, 409, { body: { token, account } })
    expect(taken.detail).toContain('Sign in instead')
    expect(await roleOf('ada@demo.example')).toMatchObject({ role: 'reader' })
    const her = await server.signedIn(zoe)
    await her.ok(acceptance, { body: { token, account: null } })
    expect(await roleOf(zoe.toUpperCase())).toEqual({ role: 'lead', sections: null })
  })

  test('gives a password to an account that another provider made for the address', async () => {
    await createAccount(server.db, { email: zoe, name: 'By provider', password: 'margin-notes' })
    await sql`update account set password_hash = null where email = ${zoe}`.execute(server.db)
    const token = await invitedBy()
    expect(await server.nobody.ok(reading, { body: { token } })).toMatchObject({ hasAccount: false })
    await server.nobody.ok(acceptance, { body: { token, account } })
    await server.nobody.ok('POST /v1/session', { body: { email: zoe, password: account.password } })
  })

  test('takes no role away that was given meanwhile', async () => {
    const token = await invitedBy()
    const id = await createAccount(server.db, { email: zoe, name: 'Z', password: 'margin-notes' })
    await sql`insert into membership (site_id, account_id, role) select id, ${id}, 'publisher' from site where slug = 'demo'`.execute(
      server.db,
    )
    await (await server.signedIn(zoe)).ok(acceptance, { body: { token, account: null } })
    expect(await roleOf(zoe)).toMatchObject({ role: 'publisher' })
  })

  test('of two at once, one is taken', async () => {
    const token = await invitedBy()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => server.nobody.request(acceptance, { body: { token, account } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404])
  })

  test('sent again has another link; the one before ends', async () => {
    const first = await invitedBy()
    const [one] = await pending()
    const params = { site, invitation: one?.id ?? '' }
    const soon = await pia.refused(again, 429, { params })
    expect(soon.type).toBe('/problems/too-soon')
    await sql`update invitation set mailed_at = now() - interval '1 hour', expires_at = now() - interval '1 day'`.execute(
      server.db,
    )
    await server.nobody.refused(reading, 404, { body: { token: first } })
    const renewed = await pia.ok(again, { params })
    expect(Date.parse(renewed.expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
    await server.finish()
    const second = tokenTo(zoe)
    expect(second).not.toBe(first)
    const ids = server.office.to(zoe).map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(2)
    await server.nobody.refused(reading, 404, { body: { token: first } })
    await server.nobody.ok(reading, { body: { token: second } })
  })

  test('taken back, its link ends', async () => {
    const token = await invitedBy()
    const [one] = await pending()
    const params = { site, invitation: one?.id ?? '' }
    await pia.ok('DELETE /v1/sites/:site/invitations/:invitation', { params })
    await pia.refused('DELETE /v1/sites/:site/invitations/:invitation', 404, { params })
    await pia.refused(again, 404, { params })
    const gone = await server.nobody.refused(acceptance, 404, { body: { token, account } })
    expect(gone.detail).toContain('Ask for another')
    expect(await findAccount(server.db, zoe)).toBeNull()
    expect((await actions()).at(-1)).toBe('uninvite')
  })

  test('to an address that the mail server does not take says so', async () => {
    server.office.answer = () => '550 5.1.1 No such mailbox'
    await invite()
    await server.finish()
    expect(await pending()).toMatchObject([
      { email: zoe, problem: expect.stringContaining('No such mailbox') as string },
    ])
  })

  test.each([
    ['de', 'Sie sind eingeladen, die Moderation von Demo zu leiten'],
    ['ja-JP', '「Demo」のモデレーション責任者に招待されました'],
    ['xx', 'You are invited to lead the moderation of Demo'],
  ])('comes in the language that was chosen: %s', async (language, subject) => {
    await invitedBy({ language, role: 'lead' })
    expect(server.office.to(zoe).at(-1)?.subject).toBe(subject)
  })
})

describe('who may be invited', () => {
  test('nobody twice, nor who works here; that somebody has an account is not told', async () => {
    await invite({ email: 'bela@demo.example' })
    const twice = await pia.refused(invitations, 409, {
      params: { site },
      body: { email: 'BELA@demo.example', role: 'lead', sections: null, language: 'en' },
    })
    expect(twice.detail).toContain('is invited already')
    const works = await pia.refused(invitations, 409, {
      params: { site },
      body: { email: 'mo@demo.example', role: 'lead', sections: null, language: 'en' },
    })
    expect(works.detail).toContain('works for this site already')
    const [known, unknown] = [await pending(), await invite()]
    expect(Object.keys(known[0] ?? {})).toEqual(Object.keys(unknown))
  })

  test('a hundred at once', async () => {
    await sql`
      insert into invitation (site_id, id, email, role, language, expires_at)
      select site.id, gen_random_uuid(), n || '@elsewhere.example', 'moderator', 'en', now() + interval '1 day'
      from site, generate_series(1, 100) as n where slug = 'demo'
    `.execute(server.db)
    const many = await pia.refused(invitations, 409, {
      params: { site },
      body: { email: zoe, role: 'lead', sections: null, language: 'en' },
    })
    expect(many.detail).toContain('Take some back first')
    expect(await pending()).toHaveLength(100)
  })

  test.each([
    ['an operator', { role: 'operator' }],
    ['no address', { email: 'zoe' }],
    ['no section', { sections: [] }],
    ['what is no section', { sections: ['sport'] }],
  ])('%s is refused', async (_, wrong) => {
    const body = { email: zoe, role: 'moderator', sections: null, language: 'en', ...wrong }
    await pia.refused(invitations, 400, { params: { site }, body })
    expect(await pending()).toEqual([])
  })

  test('by publishers alone', async () => {
    const mo = await server.signedIn('mo@demo.example')
    await mo.refused('GET /v1/sites/:site/invitations', 403, { params: { site } })
    const body = { email: zoe, role: 'moderator', sections: null, language: 'en' }
    await mo.refused(invitations, 403, { params: { site }, body })
  })
})

test('what nobody answered for two weeks is deleted by the clock', async () => {
  await invite()
  await invite({ email: 'yan@elsewhere.example' })
  await server.finish()
  await sql`update invitation set expires_at = now() - interval '8 days' where email = ${zoe}`.execute(
    server.db,
  )
  await addJob(server.db, 'expire', {})
  await server.finish()
  expect((await pending()).map(({ email }) => email)).toEqual(['yan@elsewhere.example'])
})

test('goes with the account that is erased', async () => {
  await createAccount(server.db, { email: zoe, name: 'Z', password: 'margin-notes' })
  await invitedBy()
  const her = await server.signedIn(zoe)
  await her.ok('POST /v1/me/erasure', { body: { password: 'margin-notes', comments: 'erase' } })
  expect(await pending()).toEqual([])
})
