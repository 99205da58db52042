import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { finishJobs } from '../setup/jobs.ts'
import { serveDemo, type Served } from '../setup/serve.ts'
import { bad, decideMany, good } from './decisions.ts'

let served: Served
beforeAll(async () => {
  served = await serveDemo()
})
afterAll(() => served.close())

const models = () =>
  served.db
    .selectFrom('model')
    .innerJoin('learning', (join) =>
      join.onRef('learning.site_id', '=', 'model.site_id').onRef('learning.version', '=', 'model.version'),
    )
    .select(['model.version', 'model.stands', 'model.falls', 'model.weights'])
    .execute()

/** What the clock does each minute. */
async function aMinutePasses() {
  await addJob(served.db, 'findLessons', {})
  await finishJobs(served.db)
}

test('what was decided is learnt once, also where the server dies before, or while it learns', async () => {
  const { db } = served
  const anHourAgo = { when: Date.now() - 3600_000 }
  await sql`
    create function die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
    create trigger die before insert on model for each row execute function die();
  `.execute(db)
  // Nothing but the decisions is there when the server comes back.
  await decideMany(db, 20, 'approve', good, anHourAgo)
  await addJob(db, 'findLessons', {})
  await expect
    .poll(
      async () => {
        const { rows } = await sql`
          select attempts from graphile_worker.jobs where task_identifier = 'learn' and last_error is not null
        `.execute(db)
        return rows.length
      },
      { timeout: 20_000 },
    )
    .toBe(1)
  expect(await models()).toEqual([])

  await sql`drop trigger die on model`.execute(db)
  await finishJobs(db)
  expect(await models()).toMatchObject([{ version: 1, stands: 20, falls: 0 }])
  await aMinutePasses()
  expect(await models()).toMatchObject([{ version: 1, stands: 20, falls: 0 }])
  await decideMany(db, 5, 'reject', bad, { when: anHourAgo.when + 1000 })
  await aMinutePasses()
  expect(await models()).toMatchObject([{ version: 2, stands: 20, falls: 5 }])
})

test('a site that does not learn is left alone', async () => {
  const { db } = served
  await db.updateTable('learning').set({ is_on: false }).execute()
  await decideMany(db, 5, 'reject', bad, { when: Date.now() - 60_000 })
  await aMinutePasses()
  expect(await models()).toMatchObject([{ version: 2 }])
})
