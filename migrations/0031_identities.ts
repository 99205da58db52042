import { sql, type Kysely } from 'kysely'

/** Who somebody is with a site's own accounts or another provider, and the tokens that were exchanged. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Set only where a provider has vouched for the address: the form of our own asks nobody.
    alter table account add column email_verified_at timestamptz;

    create table site_sign_in (
      site_id uuid primary key references site (id) on delete cascade,
      -- Where the public keys of the site's tokens are; its tokens may be signed with a shared secret (site_key) without.
      jwks_url text,
      -- Whether what a site's provider says makes somebody a moderator.
      takes_moderators boolean not null default false
    );

    create table identity (
      site_id uuid not null references site (id) on delete cascade,
      -- 'jwt' for tokens of the site's own servers, else the issuer of OpenID Connect.
      provider text not null,
      subject text not null,
      account_id uuid not null references account (id) on delete cascade,
      -- The account is a moderator by what the provider said, which may take that back.
      gave_role boolean not null default false,
      created_at timestamptz not null default now(),
      used_at timestamptz not null default now(),
      primary key (site_id, provider, subject)
    );
    create index identity_account on identity (account_id);

    -- Tokens that were exchanged, until their time alone is reason to refuse them.
    create table used_token (
      site_id uuid not null references site (id) on delete cascade,
      token_id text not null,
      expires_at timestamptz not null,
      primary key (site_id, token_id)
    );
    create index used_token_expiry on used_token (expires_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table used_token, identity, site_sign_in;
    alter table account drop column email_verified_at;
  `.execute(db)
}
