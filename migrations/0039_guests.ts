import { sql, type Kysely } from 'kysely'

/** People who comment on one site with a name and no account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table site add column takes_guests boolean not null default false;

    -- A guest of this site, who never works for it. Their account has no password and no address, and so no other site.
    alter table membership
      add column is_guest boolean not null default false,
      add constraint membership_guest_check check (not is_guest or role = 'reader');
    -- For the nightly search for those who left nothing.
    create index membership_guest on membership (account_id) where is_guest;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table membership drop column is_guest cascade;
    alter table site drop column takes_guests;
  `.execute(db)
}
