import { sql, type Kysely } from 'kysely'

/** The end of a site's audit log, in one step; and which sites show everybody the numbers of their moderation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Locked, since each further step with the lock is waited for by all who moderate the site. Volatile, so that the
    -- second statement sees what was committed while the first one waited.
    create function audit_end(site uuid) returns table (number bigint, hash text) language plpgsql volatile as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('audit ' || site, 0));
      return query
        select audit.number, audit.hash from audit where site_id = site order by audit.number desc limit 1;
    end $$;

    alter table site add column shows_numbers boolean not null default false
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table site drop column shows_numbers;
    drop function audit_end(uuid)
  `.execute(db)
}
