import { sql, type Kysely } from 'kysely'

/** What readers answer to a passage without writing, and what those who publish say of a whole thread. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reaction (
      site_id uuid not null,
      thread_id uuid not null,
      account_id uuid not null references account (id),
      -- Another one for each change: what is ticked off is what was seen.
      id uuid not null,
      kind text not null check (kind in ('agree', 'helpful', 'question', 'source', 'typo')),
      -- What a typo should say; for the publisher.
      text text not null default '' check (char_length(text) <= 500),
      created_at timestamptz not null default now(),
      -- When the publisher ticked a typo off.
      settled_at timestamptz,
      -- One for each reader of a passage.
      primary key (site_id, thread_id, account_id),
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade,
      check (kind = 'typo' or (text = '' and settled_at is null))
    );
    -- Few of many: the list of what the publisher has yet to look at.
    create index reaction_typo on reaction (site_id, id) where kind = 'typo' and settled_at is null;

    alter table thread
      -- Reactions that readers see, kept here so that a page of threads is read without counting. Typos are not among them.
      add column agree_count integer not null default 0 check (agree_count >= 0),
      add column helpful_count integer not null default 0 check (helpful_count >= 0),
      add column question_count integer not null default 0 check (question_count >= 0),
      add column source_count integer not null default 0 check (source_count >= 0),
      add column reaction_count integer not null
        generated always as (agree_count + helpful_count + question_count + source_count) stored,
      add column mark text check (mark in ('answered', 'corrected'));

    -- For the thread of a passage: by the block where it is, or, without a text, by the one it was opened on.
    create index placement_section on placement (site_id, article_id, revision, section);
    create index thread_block on thread (site_id, article_id, (anchor -> 'block' ->> 'fingerprint'))
      where anchor is not null;

    alter table event
      drop constraint event_kind_check,
      drop constraint event_subject_check,
      add constraint event_kind_check check (
        kind in ('posted', 'edited', 'state', 'replies', 'revised', 'placed', 'reacted', 'marked')
      ),
      add constraint event_subject_check check (
        case
          when kind = 'revised' then comment_id is null and thread_id is null
          when kind in ('placed', 'reacted', 'marked') then comment_id is null and thread_id is not null
          else comment_id is not null
        end
      );
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The numbers of a log have no gaps: what the older schema cannot say stays as "this thread was placed".
    update event set kind = 'placed' where kind in ('reacted', 'marked');
    alter table event
      drop constraint event_subject_check,
      drop constraint event_kind_check,
      add constraint event_kind_check check (kind in ('posted', 'edited', 'state', 'replies', 'revised', 'placed')),
      add constraint event_subject_check check (
        case kind
          when 'revised' then comment_id is null and thread_id is null
          when 'placed' then comment_id is null and thread_id is not null
          else comment_id is not null
        end
      );
    drop index thread_block, placement_section;
    alter table thread
      drop column mark,
      drop column reaction_count,
      drop column source_count,
      drop column question_count,
      drop column helpful_count,
      drop column agree_count;
    drop table reaction;
  `.execute(db)
}
