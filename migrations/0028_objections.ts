import { sql, type Kysely } from 'kysely'

/** A moderator objects to a colleague's decision: the case waits again, for somebody who leads and who did not take it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table decision
      drop constraint decision_action_check,
      drop constraint decision_reverses_check,
      add constraint decision_action_check check (
        action in (
          'approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse',
          'uphold_appeal', 'dismiss_appeal', 'propose_ban', 'object'
        )
      ),
      -- A verdict takes back the decision that was objected to.
      add constraint decision_reverses_check check (
        case
          when action in ('reverse', 'uphold_appeal') then reverses is not null
          when action in ('approve', 'reject', 'warn', 'time_out', 'ban') then true
          else reverses is null
        end
      );

    -- The decision that somebody objected to, until there is a new one; never about a newer text.
    alter table moderation_case
      add column objected_to uuid,
      add constraint moderation_case_objected_fkey foreign key (site_id, objected_to)
        references decision (site_id, id) on delete set null (objected_to) deferrable initially deferred,
      add constraint moderation_case_objected_check
        check (objected_to is null or (status <> 'decided' and escalated_at is not null));
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table moderation_case drop column objected_to;
    alter table decision
      drop constraint decision_reverses_check,
      drop constraint decision_action_check;
    -- What an older schema knows of an objection: the case was left to those who lead.
    update decision set action = 'escalate' where action = 'object';
    update decision set reverses = null where action not in ('reverse', 'uphold_appeal');
    alter table decision
      add constraint decision_action_check check (
        action in (
          'approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate', 'reverse',
          'uphold_appeal', 'dismiss_appeal', 'propose_ban'
        )
      ),
      add constraint decision_reverses_check check (
        (action in ('reverse', 'uphold_appeal')) = (reverses is not null)
      );
  `.execute(db)
}
