import { sql, type Kysely } from 'kysely'

/** Accounts that are erased, with how far that is; appeals that nobody answers any more; and moderators of sections. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The row stays, since what is kept without a name refers to it, with nothing in it about the person.
    alter table account
      add column erased_at timestamptz,
      add constraint account_erased_check check (
        erased_at is null or (password_hash is null and email = id::text || '@erased.invalid')
      );

    -- How far the erasure of an account is. Who has the id may look.
    create table erasure (
      id uuid primary key,
      account_id uuid not null unique references account (id) on delete cascade,
      -- Comments that readers see are kept without the name.
      keeps_comments boolean not null,
      total integer not null check (total >= 0),
      done integer not null default 0,
      created_at timestamptz not null default now(),
      finished_at timestamptz
    );
    -- What somebody reacted to and reported: looked for when their account goes.
    create index reaction_account on reaction (account_id, site_id, thread_id);
    create index report_reporter on report (reporter_id) where reporter_id is not null;

    -- Texts that nobody reads any more, and that retention takes away.
    create index unread_text on comment_revision (site_id, comment_id) where state in ('REJECTED', 'WITHDRAWN');

    -- Its text was erased before anybody answered.
    alter table appeal
      drop constraint appeal_status_check,
      drop constraint appeal_check1,
      add constraint appeal_status_check check (status in ('open', 'upheld', 'dismissed', 'withdrawn')),
      add constraint appeal_decided_check check ((status in ('open', 'withdrawn')) = (decided_by is null));

    -- The beginnings of addresses' paths: a moderator of these sections only. Null: of the whole site.
    alter table membership
      add column sections text[],
      add constraint membership_sections_check check (
        sections is null or (role = 'moderator' and cardinality(sections) between 1 and 50)
      );
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The older schema would have them moderate all of the site.
    update membership set role = 'reader' where sections is not null;
    alter table membership drop column sections cascade;

    delete from appeal where status = 'withdrawn';
    alter table appeal
      drop constraint appeal_decided_check,
      drop constraint appeal_status_check,
      add constraint appeal_status_check check (status in ('open', 'upheld', 'dismissed')),
      add constraint appeal_check1 check ((status = 'open') = (decided_by is null));
    drop index unread_text, report_reporter, reaction_account;
    drop table erasure;
    alter table account drop column erased_at cascade;
  `.execute(db)
}
