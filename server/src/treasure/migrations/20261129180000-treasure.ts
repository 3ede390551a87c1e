/** Treasure boxes and who claimed them; a stream has one that is not over at most. */
import { Migration } from '@mikro-orm/migrations'

export class Treasure20261129180000 extends Migration {
  override up(): void {
    this.addSql(`
      create table treasure_boxes (
        id uuid primary key,
        stream_id uuid not null,
        state text not null check (state in ('funding', 'open', 'drawn', 'paid')),
        seed text not null,
        record jsonb not null,
        claims int not null default 0,
        outcome jsonb,
        funded_at timestamptz not null,
        due_at timestamptz not null,
        constraint treasure_boxes_drawn_once
          check ((outcome is null) = (state in ('funding', 'open')))
      )`)
    this.addSql(`
      create unique index treasure_boxes_open on treasure_boxes (stream_id) where state <> 'paid'`)
    this.addSql('create index treasure_boxes_of_stream on treasure_boxes (stream_id, funded_at)')
    this.addSql(`
      create index treasure_boxes_due on treasure_boxes (due_at) where state <> 'paid'`)
    this.addSql(`
      create table treasure_claims (
        box_id uuid not null references treasure_boxes (id) on delete cascade,
        user_id uuid not null references users (id) on delete cascade,
        name text not null,
        luck text not null,
        primary key (box_id, user_id)
      )`)
  }

  override down(): void {
    this.addSql('drop table treasure_claims')
    this.addSql('drop table treasure_boxes')
  }
}
