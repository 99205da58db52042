import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeBlock } from '../../core/anchoring/index.ts'
import { eraseComment } from '../../server/privacy/index.ts'
import { articlesToKeep, keepWords } from '../../server/search/index.ts'
import { tablesWith } from '../privacy/everywhere.ts'
import { open } from '../server/stage.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const erase = (commentId: string) =>
  eraseComment(stage.db, { siteId: stage.siteId, commentId }, { why: 'request', by: null })
const kept = (articleId: string) =>
  stage.db
    .selectFrom('search_text')
    .select(['comment_id', 'revision', 'words'])
    .where('article_id', '=', articleId)
    .orderBy('comment_id')
    .execute()

// Beside all this, the clock of the server may do the same at any moment.

test('an article’s log is gone through in steps, by several servers at once, and again after a death', async () => {
  await sql`
    create function die() returns trigger language plpgsql as $$ begin raise 'dead'; end $$;
    create trigger die before insert on search_text for each row execute function die();
  `.execute(stage.db)
  const article = await stage.newArticle('Long')
  const { thread } = await open(stage.ada, article, 'The first.', describeBlock(['The very words.'], 0))
  // As many as take three steps; the log alone counts.
  await sql`
    insert into event (site_id, article_id, seq, kind, comment_id)
    select site_id, article_id, nth, 'state', comment_id from event, generate_series(2, 1100) as nth
    where article_id = ${article} and seq = 1
  `.execute(stage.db)
  await stage.db.updateTable('article').set({ seq: 1100 }).where('id', '=', article).execute()
  await stage.say(stage.bela, thread.id, 'The last.')
  const place = { siteId: stage.siteId, articleId: article }
  await expect(keepWords(stage.db, place)).rejects.toThrow('dead')
  expect(await articlesToKeep(stage.db)).toContainEqual(place)
  expect(await kept(article)).toEqual([])

  await sql`drop trigger die on search_text`.execute(stage.db)
  const ends = await Promise.all(Array.from({ length: 4 }, () => keepWords(stage.db, place)))
  expect(ends).toContain(true)
  const texts = await kept(article)
  const words = ['first', 'last'].map((word): unknown => expect.stringContaining(`'${word}'`))
  expect(texts.map((one) => one.words)).toEqual(words)
  expect(await articlesToKeep(stage.db)).not.toContainEqual(place)

  // From the beginning once more, as after a restore: nothing is there twice.
  await stage.db.deleteFrom('search_progress').where('article_id', '=', article).execute()
  await stage.aMinutePasses()
  expect(await kept(article)).toEqual(texts)
})

test('of what is erased no word is left, from that moment on', async () => {
  const { comment, thread } = await open(stage.ada, stage.article, 'The quokka knows.')
  await stage.say(stage.bela, thread.id, 'Does it?')
  await stage.aMinutePasses()
  expect(await tablesWith(stage.db, 'quokka')).toContain('public.search_text')
  await erase(comment.id)
  expect(await tablesWith(stage.db, 'quokka')).toEqual([])
  await stage.aMinutePasses()
  expect(await tablesWith(stage.db, 'quokka')).toEqual([])
  expect(await stage.found(stage.nobody, 'quokka')).toEqual([])
})

test('an erasure waits for words that are being kept, and takes them', async () => {
  await sql`
    create function pause() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create trigger pause before insert on search_text for each row when (new.words @@ 'axolotl')
      execute function pause();
  `.execute(stage.db)
  const article = await stage.newArticle('Race')
  let both: Promise<unknown> = Promise.resolve()
  await stage.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(4711)`.execute(tx)
    const { comment } = await open(stage.ada, article, 'The axolotl knows.')
    const keeping = keepWords(stage.db, { siteId: stage.siteId, articleId: article })
    await expect.poll(() => isWaiting('insert into search_text')).toBe(true)
    const erasing = erase(comment.id)
    await expect.poll(() => isWaiting('update "comment_revision"')).toBe(true)
    both = Promise.all([keeping, erasing])
  })
  await both
  await sql`drop trigger pause on search_text`.execute(stage.db)
  expect(await tablesWith(stage.db, 'axolotl')).toEqual([])
})

/** Whether a statement that begins so waits for a lock. */
async function isWaiting(beginning: string): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and starts_with(ltrim(query, E' \\n'), ${beginning})
  `.execute(stage.db)
  return rows.length > 0
}

test('who erased their account is found by their name no more, though what they said stays', async () => {
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'bela@demo.example')
    .executeTakeFirstOrThrow()
  const article = await stage.newArticle('Gone')
  const { comment } = await open(stage.bela, article, 'A numbat stays.')
  await stage.aMinutePasses()
  expect(await stage.found(stage.nobody, 'bela', article)).toEqual([comment.id])
  await stage.bela.ok('POST /v1/me/erasure', { body: { comments: 'keep', password: 'margin-notes' } })
  await stage.aMinutePasses()
  expect(await stage.found(stage.nobody, 'bela', article)).toEqual([])
  const [left] = (await stage.search(stage.nobody, 'numbat')).comments
  expect(left?.comment).toMatchObject({ id: comment.id, author: null })
  expect(JSON.stringify(left)).not.toContain(id)
})
