import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ArchiveLine } from '../../core/contract/archive.ts'
import { verifyAudit } from '../../server/audit/index.ts'
import { exportSite } from '../../server/exporting/index.ts'
import { createAccount, roleOn, setRole } from '../../server/people/index.ts'
import { archiveOf, requestErasure } from '../../server/privacy/index.ts'
import { makeKey } from '../../server/sites/index.ts'
import { setSignIn } from '../../server/cli/sign-in.ts'
import { UsageError } from '../../server/cli/usage-error.ts'
import { readSignIn, writeSignIn } from '../../server/sso/index.ts'
import { Caller, hold } from '../moderation/caller.ts'
import { cookiesOf, openStage, password, type Stage } from '../moderation/stage.ts'
import { tablesWith } from '../privacy/everywhere.ts'
import { runPostil } from '../setup/postil.ts'
import { exchange, newSecret, signedInBy, signToken } from './tokens.ts'

let stage: Stage
let secret: Buffer
let otherSecret: Buffer
beforeAll(async () => {
  stage = await openStage()
  secret = (await newSecret(stage)).secret
  const made = await makeKey(stage.db, stage.other.id, null, 'sign_in')
  otherSecret = Buffer.from(made.secret.replace('whsec_', ''), 'base64')
})
afterAll(() => stage.close())

const signIn = async (claims: Record<string, unknown>) => signedInBy(stage, await signToken(secret, claims))
/** The same on the other site of this Postil. */
async function signInElsewhere(claims: Record<string, unknown>): Promise<string> {
  const token = await signToken(otherSecret, { ...claims, aud: 'other' })
  const answer = await exchange(stage, token, 'https://other.example', 'other')
  expect(answer.statusCode, answer.body).toBe(200)
  const embed = new Caller(stage.app, cookiesOf(answer))
  const { viewer } = await embed.ok('GET /v1/sites/:site/session', { params: { site: 'other' } })
  return viewer?.id ?? ''
}
const account = (id: string) =>
  stage.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const verified = (email: string) => ({ email, email_verified: true })

describe('an account is found by its address', () => {
  test('only where the provider has verified it; else it is not even kept', async () => {
    const email = `${randomUUID()}@reader.example`
    const { viewer } = await signIn({ sub: 'v1', ...verified(email) })
    expect(await account(viewer.id)).toMatchObject({ email, mail_stopped_at: null })
    for (const claims of [{ email }, { email, email_verified: false }, { email, email_verified: null }]) {
      const other = await signIn({ sub: randomUUID(), ...claims })
      expect(other.viewer.id).not.toBe(viewer.id)
      expect((await account(other.viewer.id)).email).toBe(`${other.viewer.id}@signed-in.invalid`)
    }
    expect((await signIn({ sub: 'v2', ...verified(email.toUpperCase()) })).viewer.id).toBe(viewer.id)
    expect(await signInElsewhere({ sub: 'v1', ...verified(email) })).toBe(viewer.id)
  })

  test('not where it was made with a password: nobody has verified whose that address is', async () => {
    const email = `${randomUUID()}@reader.example`
    const squatter = await createAccount(stage.db, { email, name: 'Squatter', password })
    const { viewer } = await signIn({ sub: randomUUID(), ...verified(email) })
    expect(viewer.id).not.toBe(squatter)
    expect((await account(viewer.id)).email_verified_at).toBeNull()
    expect((await account(squatter)).name).toBe('Squatter')
  })

  test('not where it has a role on any site', async () => {
    const email = `${randomUUID()}@reader.example`
    const { viewer } = await signIn({ sub: 'role', ...verified(email) })
    await setRole(stage.db, stage.demo.id, viewer.id, 'moderator')
    expect(await signInElsewhere({ sub: 'role', ...verified(email) })).not.toBe(viewer.id)
    expect((await signIn({ sub: 'role 2', ...verified(email) })).viewer.id).not.toBe(viewer.id)
    expect((await signIn({ sub: 'role', ...verified(email) })).viewer.id, 'by its own subject').toBe(
      viewer.id,
    )
    await setRole(stage.db, stage.demo.id, viewer.id, 'reader')
    expect((await signIn({ sub: 'role 3', ...verified(email) })).viewer.id).toBe(viewer.id)
  })

  test('and a subject of one site is nobody’s on another', async () => {
    const { viewer } = await signIn({ sub: 'shared' })
    expect(await signInElsewhere({ sub: 'shared' })).not.toBe(viewer.id)
  })
})

describe('what a provider says of somebody', () => {
  test('a name and an address that have changed are taken over', async () => {
    const [before, after] = [`${randomUUID()}@reader.example`, `${randomUUID()}@reader.example`]
    const { viewer } = await signIn({ sub: 'changes', name: 'Nora' })
    await signIn({ sub: 'changes', name: 'Nora\u202E\nB.', ...verified(before) })
    expect(await account(viewer.id)).toMatchObject({ name: 'Nora B.', email: before, mail_stopped_at: null })
    await signIn({ sub: 'changes', name: 'Nora C.', ...verified(after) })
    await signIn({ sub: 'changes', name: 'Nora C.', email: 'not@verified.example' })
    expect(await account(viewer.id)).toMatchObject({ name: 'Nora C.', email: after })
  })

  test('an address that somebody else has is left to them', async () => {
    const email = `${randomUUID()}@reader.example`
    await createAccount(stage.db, { email, name: 'First', password })
    const { viewer } = await signIn({ sub: 'late' })
    await signIn({ sub: 'late', ...verified(email) })
    expect((await account(viewer.id)).email).toContain('.invalid')
  })

  test('but not by one of several providers: no site renames people of another', async () => {
    const email = `${randomUUID()}@reader.example`
    const { viewer } = await signIn({ sub: 'both', name: 'Nora', ...verified(email) })
    expect(await signInElsewhere({ sub: 'both', name: 'Mallory', ...verified(email) })).toBe(viewer.id)
    await signInElsewhere({ sub: 'both', name: 'Mallory', ...verified(email) })
    expect((await account(viewer.id)).name).toBe('Nora')
  })

  test('long names are cut between characters, and pictures are not kept', async () => {
    const picture = 'https://pictures.example/nora.jpg'
    const { viewer } = await signIn({ sub: 'long', name: `${'n'.repeat(79)}😀😀`, picture })
    expect(viewer.name).toHaveLength(80)
    expect(viewer.name.isWellFormed()).toBe(true)
    expect(await tablesWith(stage.db, 'pictures.example')).toEqual([])
  })
})

describe('a role', () => {
  const allow = (takesModerators: boolean) =>
    writeSignIn(stage.db, stage.demo.id, { jwksUrl: null, takesModerators, provider: null })

  test('is not taken from a token, unless the operator allows moderators', async () => {
    for (const role of ['moderator', 'publisher', 'operator'])
      expect((await signIn({ sub: `asks ${role}`, role })).viewer.role).toBe('reader')
  })

  test('is a moderator’s at the most, is taken back, and is in the audit log', async () => {
    await allow(true)
    for (const role of ['lead', 'publisher', 'operator', 'Moderator'])
      expect((await signIn({ sub: 'rises', role })).viewer.role).toBe('reader')
    const { viewer } = await signIn({ sub: 'rises', role: 'moderator' })
    expect(viewer.role).toBe('moderator')
    expect((await signIn({ sub: 'rises', role: 'moderator' })).viewer.role).toBe('moderator')
    expect((await signIn({ sub: 'rises' })).viewer.role).toBe('reader')
    const rows = await stage.db
      .selectFrom('audit')
      .select('subject')
      .where('action', '=', 'take_role')
      .orderBy('number')
      .execute()
    expect(rows.map(({ subject }) => subject)).toEqual([
      { account: viewer.id, role: 'moderator', provider: 'jwt' },
      { account: viewer.id, role: 'reader', provider: 'jwt' },
    ])
    expect((await verifyAudit(stage.db, stage.demo.id)).broken).toBeNull()
  })

  test('that an operator has set stays', async () => {
    await allow(true)
    const { viewer } = await signIn({ sub: 'lead' })
    await setRole(stage.db, stage.demo.id, viewer.id, 'lead')
    expect((await signIn({ sub: 'lead', role: 'reader' })).viewer.role).toBe('lead')
    await setRole(stage.db, stage.demo.id, viewer.id, 'moderator')
    expect((await signIn({ sub: 'lead' })).viewer.role).toBe('moderator')
    const taken = await signIn({ sub: 'taken back here', role: 'moderator' })
    await setRole(stage.db, stage.demo.id, taken.viewer.id, 'reader')
    expect((await signIn({ sub: 'taken back here', role: 'moderator' })).viewer.role).toBe('reader')
    await allow(false)
  })

  test('holds on the site that gave it only', async () => {
    await allow(true)
    const { viewer } = await signIn({ sub: 'here', role: 'moderator' })
    expect(await roleOn(stage.db, stage.other.id, viewer.id)).toBe('reader')
    await allow(false)
  })
})

describe('what is kept of it', () => {
  test('is in the archive and in the export, and gone when the account is erased', async () => {
    const email = `${randomUUID()}@reader.example`
    const subject = `subject-${randomUUID()}`
    const { viewer, embed } = await signIn({ sub: subject, name: 'Quillfeather', ...verified(email) })
    await signInElsewhere({ sub: subject, name: 'Quillfeather', ...verified(email) })
    let archive = ''
    for await (const piece of archiveOf(stage.db, viewer.id)) archive += piece
    const lines = archive
      .trimEnd()
      .split('\n')
      .map((line) => hold(ArchiveLine, JSON.parse(line)))
    expect(lines.filter(({ kind }) => kind === 'identity')).toMatchObject([
      { site: 'demo', provider: 'jwt', subject },
      { site: 'other', provider: 'jwt', subject },
    ])
    let exported = ''
    await exportSite(stage.db, stage.demo, (piece) => {
      exported += piece
      return Promise.resolve()
    })
    expect(exported).toContain(`"subject": "${subject}"`)
    expect(exported).toContain(`"email": "${email}"`)

    await requestErasure(stage.db, viewer.id, 'erase')
    for (const words of [email, subject, 'quillfeather'])
      expect(await tablesWith(stage.db, words), words).toEqual([])
    const site = { params: { site: 'demo' } }
    expect(await embed.ok('GET /v1/sites/:site/session', site)).toEqual({ viewer: null })
    expect((await signIn({ sub: subject })).viewer.id, 'they may come back, as somebody new').not.toBe(
      viewer.id,
    )
  })

  test('the operator finds somebody without an address by their subject', async () => {
    const { viewer } = await signIn({ sub: 'asked by letter' })
    const env = { DATABASE_URL: stage.databaseUrl }
    const told = await runPostil(env, 'user', 'archive', '--subject', 'asked by letter', '--site', 'demo')
    expect(told.said).toContain(viewer.id)
    const gone = await runPostil(env, 'user', 'erase', '--subject', 'asked by letter', '--site', 'demo')
    expect(gone.code, gone.said).toBe(0)
    expect((await account(viewer.id)).erased_at).not.toBeNull()
    const nobody = await runPostil(env, 'user', 'erase', '--subject', 'asked by letter', '--site', 'demo')
    expect(nobody).toMatchObject({ code: 2, said: expect.stringContaining('nobody') as string })
  })
})

test('the operator sets how people sign in', async () => {
  const env = { DATABASE_URL: stage.databaseUrl }
  const say = (...words: string[]) => runPostil(env, 'sign-in', '--site', 'demo', ...words)
  const jwks = 'https://news.example/keys.json'
  const oidc = ['--oidc-issuer', 'https://id.example/', '--oidc-client', 'postil']
  const { said } = await say('--jwks', jwks, '--moderators', 'on', ...oidc)
  for (const words of [jwks, 'also those that a token', 'id.example", https://id.example/, as postil'])
    expect(said).toContain(words)
  expect(said).toContain('OIDC_SECRET_DEMO')
  expect(await readSignIn(stage.db, stage.demo.id)).toEqual({
    jwksUrl: jwks,
    takesModerators: true,
    provider: { issuer: 'https://id.example/', client: 'postil', name: 'id.example' },
  })
  await setSignIn(stage.db, stage.demo, { 'oidc-issuer': 'off' })
  expect(await readSignIn(stage.db, stage.demo.id)).toMatchObject({ jwksUrl: jwks, provider: null })
  for (const wrong of [
    { jwks: 'ftp://x' },
    { moderators: 'perhaps' },
    { 'oidc-issuer': 'https://id.example' },
  ])
    await expect(setSignIn(stage.db, stage.demo, wrong)).rejects.toThrow(UsageError)
})
