/** Who follows which channel since when; a channel's count is kept by the database itself. */
import { Migration } from '@mikro-orm/migrations'

export class Follows20261122003000 extends Migration {
  override up(): void {
    this.addSql(`
      create table follows (
        channel_id uuid not null references channels (id) on delete cascade,
        user_id uuid not null references users (id) on delete cascade,
        followed_at timestamptz not null,
        primary key (channel_id, user_id)
      )`)
    this.addSql('create index follows_user on follows (user_id, followed_at desc, channel_id)')
    this.addSql('create index follows_channel_time on follows (channel_id, followed_at desc)')
    this.addSql('alter table channels add column followers int not null default 0')
    this.addSql('alter table channels add column announced_at timestamptz null')
    // A trigger, so that the count is right whoever takes a follow away: accounts that go, blocks.
    this.addSql(`
      create function count_followers() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          update channels set followers = followers + 1 where id = new.channel_id;
        else
          update channels set followers = followers - 1 where id = old.channel_id;
        end if;
        return null;
      end $$`)
    this.addSql(`
      create trigger follows_counted after insert or delete on follows
      for each row execute function count_followers()`)
    // Whoever is blocked by the owner follows no longer.
    this.addSql(`
      create function unfollow_blocked() returns trigger language plpgsql as $$
      begin
        -- A follow that is on its way holds this row: it is waited for and then seen.
        perform from channels where owner_id = new.blocker_id for update;
        delete from follows where user_id = new.blocked_id
          and channel_id in (select id from channels where owner_id = new.blocker_id);
        return null;
      end $$`)
    this.addSql(`
      create trigger blocks_unfollow after insert on blocks
      for each row execute function unfollow_blocked()`)
    // The three old settings become the modes of the chat.
    this.addSql(`
      update channels set settings = jsonb_build_object('chat', jsonb_strip_nulls(
        jsonb_build_object(
          'slowSeconds', settings->'slowModeSeconds',
          'followersMinutes', case settings->>'followersOnly'
            when 'true' then 0 when 'false' then -1 end,
          'emoteOnly', settings->'emoteOnly')))
      where settings ?| array['slowModeSeconds', 'followersOnly', 'emoteOnly']`)
    // Pictures are the server's own from now on; addresses elsewhere never showed on a page.
    this.addSql(`
      alter table channels drop column avatar_url, drop column banner_url,
        add column avatar_id text null, add column banner_id text null`)
  }

  override down(): void {
    this.addSql('drop trigger blocks_unfollow on blocks')
    this.addSql('drop function unfollow_blocked')
    this.addSql('drop table follows')
    this.addSql('drop function count_followers')
    this.addSql(`
      alter table channels drop column followers, drop column announced_at,
        drop column avatar_id, drop column banner_id,
        add column avatar_url text null, add column banner_url text null`)
  }
}
