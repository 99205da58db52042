import { sql, type Kysely } from 'kysely'

/** Sites and the addresses they may embed from; accounts, their sessions and their roles per site. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table site (
      id uuid primary key,
      slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      name text not null,
      -- How many shown comments an account needs before its comments appear without a look, and words that hold.
      settings jsonb not null default '{}',
      created_at timestamptz not null default now()
    );

    create table origin (
      site_id uuid not null references site (id) on delete cascade,
      origin text not null,
      primary key (site_id, origin)
    );

    create table account (
      id uuid primary key,
      email text not null,
      name text not null,
      password_hash text,
      created_at timestamptz not null default now()
    );
    create unique index account_email on account (lower(email));

    create table session (
      -- SHA-256 of what the cookie holds: whoever reads this table cannot sign in with it.
      id text primary key,
      account_id uuid not null references account (id) on delete cascade,
      -- Set for a session of the embed: it counts for this site only.
      site_id uuid references site (id) on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index session_account on session (account_id);
    create index session_expiry on session (expires_at);

    create table sign_in_code (
      id text primary key,
      account_id uuid not null references account (id) on delete cascade,
      site_id uuid not null references site (id) on delete cascade,
      origin text not null,
      expires_at timestamptz not null
    );
    create index sign_in_code_expiry on sign_in_code (expires_at);

    create table membership (
      site_id uuid not null references site (id) on delete cascade,
      account_id uuid not null references account (id) on delete cascade,
      role text not null check (role in ('reader', 'moderator', 'publisher', 'operator')),
      primary key (site_id, account_id)
    );
    create index membership_account on membership (account_id);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table membership, sign_in_code, session, account, origin, site`.execute(db)
}
