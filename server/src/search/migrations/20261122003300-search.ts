/** What search looks at: names without accents and capitals, as words and as pieces of them. */
import { Migration } from '@mikro-orm/migrations'

export class Search20261122003300 extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm schema public')
    this.addSql('create extension if not exists unaccent schema public')
    // Named in full, so that it means the same wherever an index or a backup uses it.
    this.addSql(`
      create function search_fold(text) returns text
      language sql immutable strict parallel safe
      as $$ select lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$`)
    this.addSql(`
      alter table channels
        add column search_name text generated always as (search_fold(name)) stored,
        add column search_text text
          generated always as (search_fold(handle || ' ' || name)) stored,
        add column search_words tsvector generated always as (
          setweight(to_tsvector('simple'::regconfig, search_fold(handle || ' ' || name)), 'A') ||
          setweight(to_tsvector('simple'::regconfig, search_fold(about)), 'D')) stored`)
    this.addSql(
      'create index channels_search_text on channels using gin (search_text public.gin_trgm_ops)',
    )
    this.addSql('create index channels_search_words on channels using gin (search_words)')
    this.addSql('create index channels_handle_prefix on channels (handle text_pattern_ops)')
    this.addSql('create index channels_name_prefix on channels (search_name text_pattern_ops)')
    this.addSql('create index channels_followers on channels (followers desc, id)')
    this.addSql(`
      alter table streams
        add column search_title text generated always as (search_fold(title)) stored`)
    this.addSql(`
      create index streams_search_title on streams
      using gin (search_title public.gin_trgm_ops) where phase = 'live'`)
    for (const column of ['category', 'language', 'country']) {
      this.addSql(`create index channels_${column} on channels (${column}, id desc)`)
    }
  }

  override down(): void {
    this.addSql('drop index channels_category, channels_language, channels_country')
    this.addSql('drop index streams_search_title, channels_handle_prefix, channels_followers')
    this.addSql(`
      alter table channels drop column search_words, drop column search_text,
        drop column search_name`)
    this.addSql('alter table streams drop column search_title')
    this.addSql('drop function search_fold')
  }
}
