/** Keys that encoders send by: none of them themselves, only what tells that one is ours. */
import { Migration } from '@mikro-orm/migrations'

export class StreamKeys20261129000000 extends Migration {
  override up(): void {
    this.addSql(`
      create table stream_keys (
        channel_id uuid not null references channels (id) on delete cascade,
        protocol text not null check (protocol in ('rtmp', 'whip')),
        ingress_id text not null unique,
        key_hash bytea not null,
        stream_id uuid null,
        is_lost boolean not null default false,
        made_at timestamptz not null,
        primary key (channel_id, protocol)
      )`)
    this.addSql(`
      create table voided_ingresses (
        ingress_id text primary key,
        voided_at timestamptz not null default now()
      )`)
    // A trigger, so that no key stays good whoever takes it away: resets, accounts that go.
    this.addSql(`
      create function void_ingress() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and new.ingress_id = old.ingress_id then return null; end if;
        insert into voided_ingresses (ingress_id) values (old.ingress_id) on conflict do nothing;
        return null;
      end $$`)
    this.addSql(`
      create trigger stream_keys_voided after update or delete on stream_keys
      for each row execute function void_ingress()`)
  }

  override down(): void {
    this.addSql('drop table stream_keys')
    this.addSql('drop function void_ingress')
    this.addSql('drop table voided_ingresses')
  }
}
