import { sql, type Kysely } from 'kysely'

/** What moderators do beside approving and rejecting, who has a case in hand, and what their decisions say of people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table membership
      drop constraint membership_role_check,
      add constraint membership_role_check
        check (role in ('reader', 'moderator', 'lead', 'publisher', 'operator'));

    alter table moderation_case
      -- The queue is in this order: when the case was opened, earlier by what weighs in it.
      add column due_at timestamptz,
      add column weights jsonb not null default '[]',
      add column claimed_by uuid references account (id) on delete set null,
      add column claimed_until timestamptz,
      add column escalated_at timestamptz,
      -- Of the case, kept here so that the queues are counted without reading the reports.
      add column report_count integer not null default 0,
      -- Moderators who have passed it on: it is not in their queue any more.
      add column passed_by uuid[] not null default '{}';
    update moderation_case set due_at = date_trunc('milliseconds', opened_at), report_count = (
      select count(*) from report
      where report.site_id = moderation_case.site_id and report.case_id = moderation_case.id
    );
    alter table moderation_case alter column due_at set not null;
    drop index open_cases;
    create index open_cases on moderation_case (site_id, due_at, id) where status = 'open';
    create index claimed_cases on moderation_case (site_id, claimed_by) where claimed_by is not null;

    alter table decision
      drop constraint decision_action_check,
      drop constraint decision_check1,
      add constraint decision_action_check check (
        action in ('approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse')
      ),
      add constraint decision_reason_check check (
        action not in ('reject', 'warn', 'time_out', 'ban') or reason is not null
      );

    -- What a decision did to the person who wrote the comment. Lifted when the decision is undone.
    create table sanction (
      site_id uuid not null,
      id uuid not null,
      account_id uuid not null references account (id) on delete cascade,
      decision_id uuid not null,
      kind text not null check (kind in ('warning', 'time_out', 'ban')),
      reason text not null,
      created_at timestamptz not null default now(),
      -- Of a time-out.
      until timestamptz,
      -- When its reader said that they have read it.
      acknowledged_at timestamptz,
      lifted_at timestamptz,
      primary key (site_id, id),
      unique (site_id, decision_id),
      check ((kind = 'time_out') = (until is not null)),
      foreign key (site_id, decision_id) references decision (site_id, id) on delete cascade
    );
    create index sanction_account on sanction (site_id, account_id, id) where lifted_at is null;

    -- What was decided about each person's comments and reports, kept here so that a card is drawn without counting.
    create table record (
      site_id uuid not null references site (id) on delete cascade,
      account_id uuid not null references account (id) on delete cascade,
      approved integer not null default 0,
      rejected integer not null default 0,
      reports_upheld integer not null default 0,
      reports_dismissed integer not null default 0,
      primary key (site_id, account_id)
    );
    insert into record (site_id, account_id, approved, rejected)
    select decision.site_id, comment.author_id,
      count(*) filter (where decision.action = 'approve'), count(*) filter (where decision.action = 'reject')
    from decision
    join comment on comment.site_id = decision.site_id and comment.id = decision.comment_id
    where decision.action <> 'reverse' and not exists (
      select from decision as later where later.site_id = decision.site_id and later.reverses = decision.id
    )
    group by decision.site_id, comment.author_id;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table record, sanction;
    -- What the older schema has no word for is what it did to the comment.
    update decision set action = 'reject' where action in ('warn', 'time_out', 'ban');
    delete from decision where reverses in (select id from decision where action in ('hold', 'escalate'));
    delete from decision where action in ('hold', 'escalate');
    alter table decision
      drop constraint decision_action_check,
      drop constraint decision_reason_check,
      add constraint decision_action_check check (action in ('approve', 'reject', 'reverse')),
      add constraint decision_check1 check (action <> 'reject' or reason is not null);
    drop index claimed_cases, open_cases;
    alter table moderation_case
      drop column passed_by,
      drop column report_count,
      drop column escalated_at,
      drop column claimed_until,
      drop column claimed_by,
      drop column weights,
      drop column due_at;
    create index open_cases on moderation_case (site_id, id) where status = 'open';
    update membership set role = 'moderator' where role = 'lead';
    alter table membership
      drop constraint membership_role_check,
      add constraint membership_role_check check (role in ('reader', 'moderator', 'publisher', 'operator'));
  `.execute(db)
}
