import { sql, type Kysely } from 'kysely'

/** Cases, reports, decisions, and the hash-chained audit log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table moderation_case (
      site_id uuid not null,
      id uuid not null,
      article_id uuid not null,
      comment_id uuid not null,
      -- The revision to be decided. A newer one by the author moves the case on to it.
      revision integer not null,
      cause text not null check (cause in ('held', 'reported')),
      status text not null default 'open' check (status in ('open', 'decided', 'withdrawn')),
      -- Counts every change of the case: a decision names the one it was taken on.
      version integer not null default 1,
      opened_at timestamptz not null default now(),
      closed_at timestamptz,
      primary key (site_id, id),
      -- Looked at when the transaction ends: a held comment is written after its case, because it takes seq last.
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
        deferrable initially deferred
    );
    create unique index one_open_case on moderation_case (site_id, comment_id) where status = 'open';
    create index open_cases on moderation_case (site_id, id) where status = 'open';

    create table report (
      site_id uuid not null,
      id uuid not null,
      case_id uuid not null,
      comment_id uuid not null,
      revision integer not null,
      reporter_id uuid not null references account (id),
      category text not null,
      text text not null default '',
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      unique (site_id, comment_id, revision, reporter_id),
      foreign key (site_id, case_id) references moderation_case (site_id, id) on delete cascade
    );
    create index report_case on report (site_id, case_id);

    create table decision (
      site_id uuid not null,
      id uuid not null,
      case_id uuid not null,
      comment_id uuid not null,
      revision integer not null,
      action text not null check (action in ('approve', 'reject', 'reverse')),
      reason text,
      note text not null default '',
      -- What the revision was before, so that it can be put back.
      state_before text not null,
      decided_by uuid not null references account (id),
      reverses uuid,
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      -- A decision is reversed at most once.
      unique (site_id, reverses),
      check ((action = 'reverse') = (reverses is not null)),
      check (action <> 'reject' or reason is not null),
      foreign key (site_id, case_id) references moderation_case (site_id, id) on delete cascade
    );
    create index decision_comment on decision (site_id, comment_id, id);
    create index decision_case on decision (site_id, case_id);

    create table audit (
      site_id uuid not null references site (id),
      number bigint not null check (number > 0),
      at timestamptz not null,
      actor_id uuid,
      action text not null,
      subject jsonb not null,
      previous_hash text not null,
      hash text not null,
      primary key (site_id, number)
    );

    create function audit_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit log is append-only';
      end
    $$;
    create trigger audit_is_append_only before update or delete or truncate on audit
      for each statement execute function audit_is_append_only();
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table audit, decision, report, moderation_case;
    drop function audit_is_append_only();
  `.execute(db)
}
