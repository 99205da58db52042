import { sql, type Kysely } from 'kysely'

/** Who follows what, what they were told of, and whose address takes no mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table follow (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      account_id uuid not null references account (id) on delete cascade,
      kind text not null check (kind in ('article', 'thread', 'replies')),
      -- The article followed, or the one that the thread followed is in.
      article_id uuid,
      thread_id uuid,
      -- False: turned off. Of a thread it outweighs the article's; without a row, replies are followed.
      following boolean not null,
      mail text not null check (mail in ('off', 'now', 'daily', 'weekly')),
      language text not null,
      -- Random, and in each mail: good for switching off this row's mail and nothing else.
      token text not null,
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      unique nulls not distinct (site_id, account_id, kind, article_id, thread_id),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade,
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade,
      check (following or mail = 'off'),
      check ((article_id is not null) = (kind in ('article', 'thread'))),
      check ((thread_id is not null) = (kind = 'thread'))
    );
    create index follow_article on follow (site_id, article_id) where article_id is not null;
    create index follow_thread on follow (site_id, thread_id) where thread_id is not null;
    create index follow_account on follow (account_id);
    create index follow_token on follow (token);

    create table notification (
      site_id uuid not null references site (id) on delete cascade,
      account_id uuid not null references account (id) on delete cascade,
      -- The same for all who are told of one comment; in the order of the telling.
      id uuid not null,
      comment_id uuid not null,
      reason text not null check (reason in ('reply', 'mention', 'thread', 'article')),
      -- Whose mail it goes into, while it waits for that: null once it was mailed or read.
      follow_id uuid,
      created_at timestamptz not null default now(),
      read_at timestamptz,
      -- When it was mailed, or left out because there was nothing of it to be seen.
      mailed_at timestamptz,
      primary key (site_id, account_id, id),
      unique (site_id, account_id, comment_id),
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade,
      foreign key (site_id, follow_id) references follow (site_id, id) on delete set null (follow_id)
    );
    create index notification_comment on notification (site_id, comment_id);
    create index notification_unread on notification (site_id, account_id, id) where read_at is null;
    create index notification_to_mail on notification (site_id, follow_id, id) where follow_id is not null;

    alter table comment
      -- Its followers were told of it, or will be: once, however often it is hidden and shown again.
      add column announced boolean not null default false;
    update comment set announced = true where shown_revision is not null;

    alter table account
      -- Refusals of this address in a row, and since when it gets no mail because of them.
      add column mail_refusals integer not null default 0,
      add column mail_stopped_at timestamptz,
      add column mail_stopped_reason text;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account drop column mail_refusals, drop column mail_stopped_at, drop column mail_stopped_reason;
    alter table comment drop column announced;
    drop table notification, follow;
  `.execute(db)
}
