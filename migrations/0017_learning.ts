import { sql, type Kysely } from 'kysely'

/** What a site's own decisions teach: the site's settings of it, and the last models. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A site without a row has the defaults.
    create table learning (
      site_id uuid primary key references site (id) on delete cascade,
      is_on boolean not null default true,
      -- From how many percent on a comment is held; null: what is learnt only orders.
      hold_at smallint check (hold_at between 50 and 99),
      -- Decisions up to this one were forgotten.
      forgotten uuid,
      -- Of the model in use. It counts on when all is forgotten, so that no number means two models.
      version integer not null default 0
    );
    create table model (
      site_id uuid not null references learning (site_id) on delete cascade,
      version integer not null,
      weights bytea not null,
      -- How many comments it has learnt from that stood, and that fell.
      stands integer not null,
      falls integer not null,
      -- It knows what was decided up to here.
      last_decision uuid not null,
      -- Its last guesses before it learnt, each with what was decided.
      recent jsonb not null,
      -- Words it saw often, with how many of their comments stood and fell.
      words jsonb not null,
      created_at timestamptz not null default now(),
      primary key (site_id, version)
    );
    -- Packed already.
    alter table model alter column weights set storage external;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table model, learning;`.execute(db)
}
