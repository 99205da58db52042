import { sql, type Kysely } from 'kysely'

/** OpenID Connect: a site's provider, sign-ins under way there, and which sessions it may end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table site_sign_in
      add column oidc_issuer text,
      add column oidc_client text,
      -- As readers know it: "Continue with …".
      add column oidc_name text,
      add constraint site_sign_in_oidc_check check (num_nulls(oidc_issuer, oidc_client, oidc_name) in (0, 3));

    create table oidc_attempt (
      -- SHA-256 of the state that comes back, and of what the browser that left holds in a cookie.
      id text primary key,
      browser text not null,
      site_id uuid not null references site (id) on delete cascade,
      -- The page that is to be signed in on, and the language of the sign-in window.
      origin text not null,
      language text not null,
      nonce text not null,
      verifier text not null,
      expires_at timestamptz not null
    );
    create index oidc_attempt_expiry on oidc_attempt (expires_at);

    -- The provider that signed somebody in, and its own name for that session.
    alter table session add column provider text, add column provider_session text;
    create index session_provider on session (site_id, provider, provider_session) where provider_session is not null;
    alter table sign_in_code add column provider text, add column provider_session text;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sign_in_code drop column provider, drop column provider_session;
    alter table session drop column provider, drop column provider_session;
    drop table oidc_attempt;
    alter table site_sign_in drop column oidc_issuer, drop column oidc_client, drop column oidc_name;
  `.execute(db)
}
