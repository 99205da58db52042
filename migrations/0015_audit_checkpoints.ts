import { sql, type Kysely } from 'kysely'

/** What each audit log said at some moment, signed: so that rows cut off its end, or written anew, are noticed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_checkpoint (
      site_id uuid not null references site (id),
      -- How many rows the log had, which is the number of its last one, and that one's hash.
      rows bigint not null check (rows > 0),
      hash text not null,
      at timestamptz not null,
      -- Of Ed25519, in base64; null where the server had no key.
      key_id text,
      signature text,
      primary key (site_id, rows),
      check ((key_id is null) = (signature is null))
    );
    -- What was done about one comment, for the export of a case.
    create index audit_comment on audit (site_id, (subject ->> 'comment'), number);
    -- Whether somebody still moderates is asked for each case of a page; a site may have many readers.
    create index membership_staff on membership (site_id, account_id) where role <> 'reader';
    create trigger audit_is_append_only before update or delete or truncate on audit_checkpoint
      for each statement execute function audit_is_append_only();
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index membership_staff, audit_comment;
    drop table audit_checkpoint;
  `.execute(db)
}
