import { sql, type Kysely } from 'kysely'

/** Decisions about many cases at once, filters that a site keeps, and a random share of what appears at once to look at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table moderation_case
      drop constraint moderation_case_cause_check,
      add constraint moderation_case_cause_check check (cause in ('held', 'reported', 'appealed', 'sampled'));
    -- How many of the share wait, asked whenever one is about to be added.
    create index open_sampled_cases on moderation_case (site_id) where status = 'open' and cause = 'sampled';

    -- The decisions of one bulk, newest first, for undoing them together.
    alter table decision add column bulk_id uuid;
    create index decision_bulk on decision (site_id, bulk_id, id) where bulk_id is not null;

    create table saved_filter (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      name text not null,
      filter jsonb not null,
      made_by uuid references account (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (site_id, id)
    );
    create unique index saved_filter_name on saved_filter (site_id, lower(name));
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table saved_filter;
    drop index decision_bulk;
    alter table decision drop column bulk_id;
    drop index open_sampled_cases;
    alter table moderation_case drop constraint moderation_case_cause_check;
    -- Nothing had made them wait: the older schema has no such case.
    delete from moderation_case as one where cause = 'sampled' and status = 'open' and not exists (
      select from decision where decision.site_id = one.site_id and decision.case_id = one.id
    ) and report_count = 0 and appeal_id is null;
    update moderation_case set cause = 'held' where cause = 'sampled';
    alter table moderation_case
      add constraint moderation_case_cause_check check (cause in ('held', 'reported', 'appealed'));
  `.execute(db)
}
