import { sql, type Kysely } from 'kysely'

/** Appeals, decisions that their authors are told of, and notices by people without an account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table decision
      drop constraint decision_action_check,
      drop constraint decision_check,
      add constraint decision_action_check check (
        action in (
          'approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse',
          'uphold_appeal', 'dismiss_appeal'
        )
      ),
      add constraint decision_reverses_check check (
        (action in ('reverse', 'uphold_appeal')) = (reverses is not null)
      ),
      -- For appeals, which name who decided first.
      add unique (site_id, id, decided_by);

    -- An author asks for another look at a decision (DSA, Article 20).
    create table appeal (
      site_id uuid not null,
      id uuid not null,
      case_id uuid not null,
      decision_id uuid not null,
      text text not null,
      created_at timestamptz not null default now(),
      status text not null default 'open' check (status in ('open', 'upheld', 'dismissed')),
      answer text,
      -- Who took the decision, so that the table itself keeps them from answering.
      first_decided_by uuid not null,
      decided_by uuid references account (id),
      decided_at timestamptz,
      primary key (site_id, id),
      unique (site_id, decision_id),
      check (decided_by <> first_decided_by),
      check ((status = 'open') = (decided_by is null)),
      check ((decided_by is null) = (decided_at is null)),
      check ((decided_by is null) = (answer is null)),
      foreign key (site_id, case_id) references moderation_case (site_id, id) on delete cascade,
      foreign key (site_id, decision_id, first_decided_by) references decision (site_id, id, decided_by)
        on delete cascade
    );
    create index appeal_case on appeal (site_id, case_id, id);

    alter table moderation_case
      drop constraint moderation_case_cause_check,
      add constraint moderation_case_cause_check check (cause in ('held', 'reported', 'appealed')),
      -- The appeal that waits for an answer.
      add column appeal_id uuid,
      add foreign key (site_id, appeal_id) references appeal (site_id, id) on delete set null (appeal_id);

    -- How long what was held waited: the last ones that were decided.
    create index decided_held_cases on moderation_case (site_id, closed_at desc)
      where status = 'decided' and cause = 'held';

    -- In the author's inbox: what was decided about a comment of their own. Once for each decision.
    alter table notification
      add column decision_id uuid,
      drop constraint notification_reason_check,
      add constraint notification_reason_check
        check (reason in ('reply', 'mention', 'thread', 'article', 'decision')),
      add constraint notification_decision_check check ((reason = 'decision') = (decision_id is not null)),
      add foreign key (site_id, decision_id) references decision (site_id, id) on delete cascade,
      drop constraint notification_site_id_account_id_comment_id_key;
    create unique index notification_once on notification (site_id, account_id, comment_id)
      where decision_id is null;
    create unique index notification_decision on notification (site_id, decision_id)
      where decision_id is not null;

    -- By somebody without an account: the name and the address to answer to, and in which language.
    alter table report
      alter column reporter_id drop not null,
      add column name text,
      add column email text,
      add column language text,
      add column receipt_at timestamptz,
      add column outcome_at timestamptz,
      add constraint report_by_check check ((reporter_id is null) = (email is not null)),
      add constraint report_contact_check check (num_nulls(name, email, language) in (0, 3));
    create unique index report_by_mail on report (site_id, comment_id, revision, lower(email))
      where email is not null;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Older schemas have no place for a reporter without an account.
    delete from report where reporter_id is null;
    drop index report_by_mail;
    alter table report
      drop constraint report_contact_check,
      drop constraint report_by_check,
      drop column outcome_at,
      drop column receipt_at,
      drop column language,
      drop column email,
      drop column name,
      alter column reporter_id set not null;

    delete from notification where decision_id is not null;
    drop index notification_decision, notification_once;
    alter table notification
      drop constraint notification_decision_check,
      drop constraint notification_reason_check,
      drop column decision_id,
      add constraint notification_reason_check check (reason in ('reply', 'mention', 'thread', 'article')),
      add unique (site_id, account_id, comment_id);

    drop index decided_held_cases;
    alter table moderation_case
      drop column appeal_id,
      drop constraint moderation_case_cause_check;
    drop table appeal;
    -- What was appealed against was decided once before.
    update moderation_case set cause = 'held' where cause = 'appealed';
    alter table moderation_case
      add constraint moderation_case_cause_check check (cause in ('held', 'reported'));
    update decision set action = 'reverse' where action = 'uphold_appeal';
    delete from decision where action = 'dismiss_appeal';
    alter table decision
      drop constraint decision_site_id_id_decided_by_key,
      drop constraint decision_reverses_check,
      drop constraint decision_action_check,
      add constraint decision_action_check check (
        action in ('approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse')
      ),
      add constraint decision_check check ((action = 'reverse') = (reverses is not null));
  `.execute(db)
}
