import { sql, type Kysely } from 'kysely'

/** Where a site has it so, one person changes the rules or proposes a ban, and another one confirms it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The newest confirmed version holds. What it says is never changed.
    alter table rule_set
      add column state text not null default 'confirmed' check (state in ('waiting', 'confirmed', 'dropped')),
      -- Who confirmed or dropped it. Null where it held at once, or the command line ended it.
      add column settled_by uuid references account (id) on delete set null,
      add column settled_at timestamptz,
      add constraint rule_set_two_people check (state <> 'confirmed' or made_by <> settled_by),
      add constraint rule_set_settled_check check (state <> 'waiting' or num_nonnulls(settled_by, settled_at) = 0),
      add constraint rule_set_dropped_check check (state <> 'dropped' or settled_at is not null);
    -- Asked with each comment; versions that were dropped are not walked through.
    create index confirmed_rules on rule_set (site_id, version) where state = 'confirmed';
    create unique index waiting_rules on rule_set (site_id) where state = 'waiting';

    alter table decision
      drop constraint decision_action_check,
      drop constraint decision_reason_check,
      add constraint decision_action_check check (
        action in (
          'approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse',
          'uphold_appeal', 'dismiss_appeal', 'propose_ban'
        )
      ),
      add constraint decision_reason_check check (
        action not in ('reject', 'warn', 'time_out', 'ban', 'propose_ban') or reason is not null
      ),
      -- The proposal that a ban confirms, and by whom it is, so that the table itself wants two people.
      add column confirms uuid,
      add column proposed_by uuid,
      add constraint decision_confirms_check check (num_nulls(confirms, proposed_by) in (0, 2)),
      add constraint decision_confirming_check check (confirms is null or action = 'ban'),
      add constraint decision_two_people check (proposed_by <> decided_by),
      add constraint decision_confirms_fkey foreign key (site_id, confirms, proposed_by)
        references decision (site_id, id, decided_by) on delete cascade;
    create index decision_confirming on decision (site_id, confirms) where confirms is not null;

    -- The ban that is proposed in the case; it waits for as long as the case is open.
    alter table moderation_case
      add column proposal_id uuid,
      add constraint moderation_case_proposal_fkey foreign key (site_id, proposal_id)
        references decision (site_id, id) on delete set null (proposal_id) deferrable initially deferred;

    -- Who proposed the ban that is appealed against answers as little as who confirmed it.
    alter table appeal
      add column first_proposed_by uuid,
      add constraint appeal_proposed_check check (decided_by <> first_proposed_by);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table appeal drop column first_proposed_by;
    alter table moderation_case drop column proposal_id;
    drop index decision_confirming;
    alter table decision
      drop column confirms,
      drop column proposed_by,
      drop constraint decision_action_check,
      drop constraint decision_reason_check;
    -- What an older schema knows of a proposal: the case was left to those who lead.
    update decision set action = 'escalate' where action = 'propose_ban';
    alter table decision
      add constraint decision_action_check check (
        action in (
          'approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse',
          'uphold_appeal', 'dismiss_appeal'
        )
      ),
      add constraint decision_reason_check check (
        action not in ('reject', 'warn', 'time_out', 'ban') or reason is not null
      );

    drop index waiting_rules, confirmed_rules;
    -- There, the newest version holds, whatever became of it.
    delete from rule_set where state <> 'confirmed';
    alter table rule_set
      drop column settled_at,
      drop column settled_by,
      drop column state;
  `.execute(db)
}
