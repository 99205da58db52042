import { sql, type Kysely } from 'kysely'

/** Short labels that a site's own accounts give its readers, shown beside their names. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table membership
      add column badges text[] not null default '{}',
      add constraint membership_badges_check check (cardinality(badges) <= 3);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table membership drop column badges cascade`.execute(db)
}
