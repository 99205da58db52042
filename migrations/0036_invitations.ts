import { sql, type Kysely } from 'kysely'

/** People who were asked by mail to work for a site. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table invitation (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      email text not null,
      role text not null check (role in ('moderator', 'lead', 'publisher')),
      sections text[],
      -- Of the mail.
      language text not null,
      -- SHA-256 of what the link in the mail holds; null until it is mailed.
      token text unique,
      invited_by uuid references account (id) on delete set null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      mailed_at timestamptz,
      -- Why the mail server does not take mail to the address.
      problem text,
      primary key (site_id, id),
      check (role = 'moderator' or sections is null)
    );
    create unique index invitation_address on invitation (site_id, lower(email));
    create index invitation_expiry on invitation (expires_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table invitation`.execute(db)
}
