import { sql, type Kysely } from 'kysely'

/** Where each thread's passage is in each revision, revisions that wait for a look, and passages put right by hand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table article
      -- The newest revision that all threads were carried to: what is sent out speaks of this one.
      add column carried integer not null default 0;

    alter table article_revision
      -- Held: it looks like another article's text, and changes nothing until the publisher has taken or dropped it.
      add column status text not null default 'taken' check (status in ('taken', 'held', 'dropped')),
      add column doubt text;

    create table placement (
      site_id uuid not null,
      article_id uuid not null,
      thread_id uuid not null,
      revision integer not null check (revision > 0),
      -- Against the words the thread was opened on, whatever lies between.
      status text not null check (status in ('same', 'moved', 'edited', 'orphaned')),
      -- The passage as it stands in this revision; null where it is gone.
      anchor jsonb,
      -- The block where it is, or where it was before it went.
      section integer not null check (section >= 0),
      confidence real not null check (confidence between 0 and 1),
      reason text not null,
      created_at timestamptz not null default now(),
      -- All of one article's in one revision lie together: that is how they are read.
      primary key (site_id, article_id, revision, thread_id),
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade,
      check ((status = 'orphaned') = (anchor is null))
    );
    -- Few of many: for the list of a site's orphans.
    create index placement_orphaned on placement (site_id, thread_id, revision) where status = 'orphaned';
    create index placement_thread on placement (site_id, thread_id);

    create table reattachment (
      site_id uuid not null,
      id uuid not null,
      thread_id uuid not null,
      revision integer not null,
      -- The placement it took the place of, to be put back.
      replaced jsonb not null,
      anchor jsonb not null,
      made_by uuid not null references account (id),
      created_at timestamptz not null default now(),
      undone_at timestamptz,
      primary key (site_id, id),
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade
    );
    create index reattachment_thread on reattachment (site_id, thread_id, id);

    create index event_text on event (site_id, article_id, seq) where comment_id is null;

    -- An event may be about the article's text, or about where a thread is.
    alter table event
      alter column comment_id drop not null,
      add column thread_id uuid,
      drop constraint event_kind_check,
      add constraint event_kind_check check (kind in ('posted', 'edited', 'state', 'replies', 'revised', 'placed')),
      add constraint event_subject_check check (
        case kind
          when 'revised' then comment_id is null and thread_id is null
          when 'placed' then comment_id is null and thread_id is not null
          else comment_id is not null
        end
      );

    select graphile_worker.add_job(
      'carry', json_build_object('siteId', site_id, 'articleId', id), 'carry ' || id, job_key => 'carry ' || id
    ) from article where revision > 0;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from event where comment_id is null;
    drop index event_text;
    alter table event
      drop constraint event_subject_check,
      drop constraint event_kind_check,
      drop column thread_id,
      alter column comment_id set not null,
      add constraint event_kind_check check (kind in ('posted', 'edited', 'state', 'replies'));
    drop table reattachment, placement;
    alter table article_revision drop column doubt, drop column status;
    alter table article drop column carried;
  `.execute(db)
}
