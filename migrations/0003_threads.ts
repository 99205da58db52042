import { sql, type Kysely } from 'kysely'

/** Threads with their anchors, comments with their revisions, the event log, idempotency keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table thread (
      site_id uuid not null,
      id uuid not null,
      article_id uuid not null,
      -- Null for a thread about the whole article.
      anchor jsonb,
      -- The article's revision the anchor speaks of; 0 where the text was not known.
      article_revision integer not null,
      -- Comments that readers see, without tombstones.
      comment_count integer not null default 0 check (comment_count >= 0),
      created_by uuid not null references account (id),
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade
    );
    create index thread_article on thread (site_id, article_id, id);

    create table comment (
      site_id uuid not null,
      id uuid not null,
      article_id uuid not null,
      thread_id uuid not null,
      parent_id uuid,
      author_id uuid not null references account (id),
      -- The revision its author wrote last, and the one readers see (null: none).
      latest_revision integer not null default 1,
      shown_revision integer,
      -- Replies that readers see, as a comment or as a tombstone. Above 0, this one stays as a tombstone when hidden.
      present_replies integer not null default 0 check (present_replies >= 0),
      -- The client's own id for the post: ties its optimistic copy to this row.
      client_key text,
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade,
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade,
      foreign key (site_id, parent_id) references comment (site_id, id) on delete cascade
    );
    create index comment_thread on comment (site_id, thread_id, id);
    create index comment_parent on comment (site_id, parent_id) where parent_id is not null;
    create index comment_author on comment (site_id, author_id, id);

    create table comment_revision (
      site_id uuid not null,
      comment_id uuid not null,
      number integer not null check (number > 0),
      state text not null
        check (state in ('CHECKING', 'HELD', 'LIVE', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'ERASED')),
      -- As typed, and as parsed once. Null after erasure.
      source text,
      body jsonb,
      signals jsonb not null default '[]',
      created_at timestamptz not null default now(),
      primary key (site_id, comment_id, number),
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
    );

    create table event (
      site_id uuid not null,
      article_id uuid not null,
      seq bigint not null check (seq > 0),
      kind text not null check (kind in ('posted', 'edited', 'state', 'replies')),
      comment_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (site_id, article_id, seq),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade,
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
    );
    create index event_comment on event (site_id, comment_id);

    create table idempotency_key (
      site_id uuid not null,
      account_id uuid not null references account (id) on delete cascade,
      key text not null,
      -- Of method, path and body: the same key for another request is a client's mistake.
      request_hash text not null,
      comment_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (site_id, account_id, key)
    );
    create index idempotency_key_age on idempotency_key (created_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table idempotency_key, event, comment_revision, comment, thread`.execute(db)
}
