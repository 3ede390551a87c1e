import { expectTypeOf, test } from 'vitest'
import type {
  Channel,
  ChannelPage,
  ChatModes,
  Emote,
  FollowStanding,
  Odeon,
  Stream,
} from '../index.ts'

/** Checked by the compiler with the rest of the workspace; never run. */
declare const odeon: Odeon
const typed = (_check: () => unknown) => undefined

test('[SDK-17] channels, follows, emotes and search carry their shapes', () => {
  typed(async () => {
    expectTypeOf(await odeon.channels.get('ann')).toEqualTypeOf<ChannelPage>()
    expectTypeOf(await odeon.channels.list({ category: 'music' })).toEqualTypeOf<Channel[]>()
    expectTypeOf(await odeon.channels.follow('ann')).toEqualTypeOf<FollowStanding>()
    expectTypeOf(await odeon.channels.streams('ann')).toEqualTypeOf<Stream[]>()
    expectTypeOf(await odeon.channels.emotes('ann')).toEqualTypeOf<Emote[]>()
    const [first] = await odeon.me.following({ limit: 3 })
    expectTypeOf(first?.followedAt).toEqualTypeOf<number | undefined>()
    const { channels, streams } = await odeon.search('night', { limit: 5 })
    expectTypeOf(channels).toEqualTypeOf<Channel[]>()
    expectTypeOf(streams).toEqualTypeOf<Stream[]>()
    expectTypeOf(channels[0]?.settings.chat).toEqualTypeOf<ChatModes | undefined>()
  })
})

test('[SDK-17] what a channel does not take does not compile', () => {
  // @ts-expect-error -- pictures are uploaded, not named
  typed(() => odeon.channels.update('ann', { avatarUrl: 'https://example.org/a.png' }))
  // @ts-expect-error -- no such category
  typed(() => odeon.channels.list({ category: 'misc' }))
  // @ts-expect-error -- bytes or a file, not a path
  typed(() => odeon.channels.setAvatar('ann', '/tmp/me.png'))
  // @ts-expect-error -- no such mode
  typed(() => odeon.channels.update('ann', { settings: { chat: { fast: true } } }))
})
