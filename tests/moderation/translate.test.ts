import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseView } from '../../core/contract/moderation.ts'
import { readConfig } from '../../server/config.ts'
import { nowhere } from '../people/samples.ts'
import { json, openTranslating, says, type Translating } from '../setup/translating.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let machine: Translating
beforeAll(async () => {
  machine = await openTranslating()
  desk = await openDesk({ translate: { url: machine.url, key: 'secret' } })
})
beforeEach(() => {
  machine.asked = []
  machine.answer = says('What a crook he is.')
})
afterAll(async () => {
  await desk.stage.close()
  await machine.close()
})

const name = 'POST /v1/sites/:site/cases/:case/translation'
const of = (about: CaseView, target = 'en', site = 'demo') => ({
  params: { site, case: about.id },
  body: { revision: about.comment.revision, target },
})

describe('a case’s text in another language', () => {
  test('is asked for with its form as plain text, and nothing of who wrote it', async () => {
    const about = await desk.held()
    const said = await desk.mo.ok(name, of(about))
    expect(said).toEqual({ text: 'What a crook he is.', from: 'ru' })
    expect(machine.asked).toEqual([
      {
        path: 'POST /translate',
        body: { q: 'What a crook.', source: 'auto', target: 'en', format: 'text', api_key: 'secret' },
      },
    ])
  })

  test('is asked for once, by whoever reads it, and anew in another language or of another text', async () => {
    const about = await desk.held()
    await Promise.all([desk.mo.ok(name, of(about)), desk.pia.ok(name, of(about))])
    await desk.mo.ok(name, of(about))
    expect(machine.asked).toHaveLength(1)
    await desk.mo.ok(name, of(about, 'kk'))
    expect(machine.asked).toHaveLength(2)
  })

  test('is of the text that was seen: where there is a newer one, nothing is sent', async () => {
    const comment = await desk.say(desk.ada, 'What a crook.')
    const about = await desk.caseOf(desk.mo, comment.id)
    await desk.edit(desk.ada, comment, 'What an utter crook.')
    await desk.mo.refused(name, 409, of(about))
    expect(machine.asked).toEqual([])
    await desk.mo.ok(name, of(await desk.caseOf(desk.mo, comment.id)))
    expect(machine.asked).toMatchObject([{ body: { q: 'What an utter crook.' } }])
  })

  test('says no language where the machine does not', async () => {
    machine.answer = json(200, { translatedText: 'Well.' })
    expect(await desk.mo.ok(name, of(await desk.held()))).toEqual({ text: 'Well.', from: null })
  })

  test('is offered to whoever reads the queue', async () => {
    const query = { params: { site: 'demo' } }
    expect((await desk.mo.ok('GET /v1/sites/:site/cases', query)).translates).toBe(true)
  })
})

test('nothing leaves before a moderator of the site asks', async () => {
  const about = await desk.held()
  await desk.ada.refused(name, 403, of(about))
  const otto = await desk.stage.as('otto@other.example')
  await otto.refused(name, 403, of(about))
  await otto.refused(name, 404, of(about, 'en', 'other'))
  await desk.mo.refused(name, 404, { ...of(about), params: { site: 'demo', case: nowhere } })
  await desk.mo.refused(name, 400, of(about, 'en/../'))
  expect(machine.asked).toEqual([])
})

describe('a machine that gives none', () => {
  const answers: [string, Translating['answer']][] = [
    ['is busy', json(429, { error: 'Slowdown' })],
    ['knows no such key', json(403, { error: 'Invalid API key' })],
    ['is broken', (response) => response.writeHead(500).end()],
    ['says something else', json(200, { translation: 'Hm.' })],
    ['speaks no JSON', (response) => response.end('<h1>Hello</h1>')],
    ['sends on to somewhere else', (response) => response.writeHead(307, { location: '/languages' }).end()],
    ['says too much', says('x'.repeat(300 * 1024))],
    ['hangs up', (response) => response.destroy()],
  ]
  test.each(answers)(
    'that %s: 503, nothing more is asked, and the next try can succeed',
    async (_, answer) => {
      const about = await desk.held()
      machine.answer = answer
      await desk.mo.refused(name, 503, of(about))
      expect(machine.asked).toHaveLength(1)
      machine.answer = says('What a crook he is.')
      await desk.mo.ok(name, of(about))
    },
  )
})

describe('the setting', () => {
  test('is none by itself; the address is taken without its slash', () => {
    expect(readConfig({}).translate).toBeNull()
    expect(readConfig({ TRANSLATE_URL: 'http://localhost:5000/' }).translate).toEqual({
      url: 'http://localhost:5000',
      key: null,
    })
  })

  test('that is no address is named, and not told', () => {
    const read = () => readConfig({ TRANSLATE_URL: 'user:secret@translate.example' })
    expect(read).toThrow('TRANSLATE_URL')
    expect(read).not.toThrow('secret')
  })
})

test('without a machine none is offered, and none is found', async () => {
  const plain = await openDesk()
  const about = await plain.held()
  const query = { params: { site: 'demo' } }
  expect((await plain.mo.ok('GET /v1/sites/:site/cases', query)).translates).toBe(false)
  await plain.mo.refused(name, 404, of(about))
  await plain.stage.close()
})
