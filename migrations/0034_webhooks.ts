import { sql, type Kysely } from 'kysely'

/** Addresses of sites that are told what happens; what happened and is not yet passed on; and what each is to be sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      url text not null,
      description text not null default '',
      events text[] not null,
      secret bytea not null,
      -- The one before, which messages are signed with too until then.
      previous_secret bytea,
      previous_until timestamptz,
      created_at timestamptz not null default now(),
      disabled_at timestamptz,
      disabled_why text check (disabled_why in ('publisher', 'gone', 'failing')),
      -- When something is to be sent next; null where nothing waits.
      due_at timestamptz,
      -- One process sends to it at a time; one that died is waited for until then.
      leased_until timestamptz,
      -- It did not answer, or asked for patience: nothing is sent before.
      blocked_until timestamptz,
      delivered_at timestamptz,
      failing_since timestamptz,
      problem text,
      primary key (site_id, id),
      check ((previous_secret is null) = (previous_until is null)),
      check ((disabled_at is null) = (disabled_why is null))
    );
    create index webhook_due on webhook (due_at) where due_at is not null and disabled_at is null;

    -- Written in the transaction that causes it, and gone once each webhook has its delivery.
    create table webhook_event (
      site_id uuid not null references site (id) on delete cascade,
      number bigint generated always as identity,
      type text not null,
      subject_id uuid not null,
      happened_at timestamptz not null default now(),
      primary key (site_id, number)
    );

    create table webhook_delivery (
      site_id uuid not null,
      id uuid not null,
      webhook_id uuid not null,
      type text not null,
      subject_id uuid not null,
      happened_at timestamptz not null,
      status text not null default 'waiting' check (status in ('waiting', 'delivered', 'dead')),
      attempts int not null default 0,
      -- It was answered with errors, so others go before it until then.
      next_at timestamptz,
      last_at timestamptz,
      last_status int,
      problem text,
      primary key (site_id, id),
      foreign key (site_id, webhook_id) references webhook (site_id, id) on delete cascade
    );
    create index webhook_delivery_listed on webhook_delivery (site_id, webhook_id, id);
    create index webhook_delivery_open on webhook_delivery (site_id, webhook_id, status, id)
      where status <> 'delivered';
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table webhook_delivery, webhook_event, webhook`.execute(db)
}
