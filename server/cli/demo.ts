import { readFile } from 'node:fs/promises'
import { describeBlock } from '../../core/anchoring/index.ts'
import type { Role } from '../../core/contract/people.ts'
import { blockTexts, importArticle, saveArticle } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { noRules, setRules } from '../moderation/index.ts'
import { createAccount, setRole } from '../people/index.ts'
import { createSite, findSite } from '../sites/index.ts'
import { post } from '../threads/index.ts'

/** The same for all: these accounts exist on a machine to be tried, and never in production. */
const password = 'margin-notes'

const people: { email: string; name: string; role: Role; note: string }[] = [
  { email: 'ada@demo.example', name: 'Ada', role: 'reader', note: 'reader' },
  { email: 'bela@demo.example', name: 'Bela', role: 'reader', note: 'reader' },
  { email: 'chris@demo.example', name: 'Chris', role: 'reader', note: 'reader, new: first comment is held' },
  { email: 'mo@demo.example', name: 'Mo', role: 'moderator', note: 'moderator' },
  { email: 'pia@demo.example', name: 'Pia', role: 'publisher', note: 'publisher' },
  { email: 'olu@demo.example', name: 'Olu', role: 'operator', note: 'operator' },
]

const openings = [
  {
    by: 'Ada',
    block: 1,
    body: 'I looked it up: *postilla* is in a thirteenth-century gloss already. The name is older than printing.',
  },
  {
    by: 'Bela',
    block: 3,
    body: 'This is the part newsrooms should read twice. We closed our comments in 2016 and **nobody** asked what they had been for.',
  },
]

export interface Demo {
  password: string
  accounts: { email: string; role: string }[]
}

/**
 * Makes the demo site once: its article, people of every role and two threads. Started again, it changes nothing
 * but the article's address, which follows the port.
 */
export async function seedDemo(db: Database, port: number): Promise<Demo> {
  const origin = `http://localhost:${port}`
  const known = await findSite(db, 'demo')
  const site = await createSite(db, {
    slug: 'demo',
    name: 'Demo',
    origins: [...new Set([...(known?.origins ?? []), origin, `http://127.0.0.1:${port}`])],
  })
  const source = await readFile(new URL('../pages/files/demo.html', import.meta.url), 'utf8')
  const article = await saveArticle(db, site, importArticle({ source, format: 'html' }), {
    url: `${origin}/demo/`,
    slug: 'demo',
  })
  if (!known) {
    const rules = { ...noRules, words: ['crook', 'idiot', 'viagra'] }
    await setRules(db, site.id, null, { version: 0, rules })
    const ids = new Map<string, string>()
    for (const { email, name, role } of people) {
      const id = await createAccount(db, { email, name, password })
      await setRole(db, site.id, id, role)
      ids.set(name, id)
    }
    const texts = await blockTexts(db, site.id, article.id)
    for (const { by, block, body } of openings) {
      const anchor = describeBlock(texts, block)
      // As a moderator would: the first comments of an account are held otherwise.
      const actor = { id: ids.get(by) ?? '', name: by, role: 'moderator' as const, sections: null }
      await post(db, site, actor, { kind: 'new thread', articleId: article.id, anchor }, { body }, null)
    }
  }
  return { password, accounts: people.map(({ email, note }) => ({ email, role: note })) }
}
