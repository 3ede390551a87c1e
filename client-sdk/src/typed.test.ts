import { describe, expectTypeOf, test } from 'vitest'
import {
  type ActionTaken,
  type BattleReply,
  type ChatModes,
  type ChatPosted,
  type ChatSendReply,
  type CrewDesk,
  type HeldLine,
  isWaiting,
  type LiveConnection,
  type LiveSnapshot,
  type Odeon,
  type CheckoutBegun,
  type PaymentState,
  type Person,
  type GiftReply,
  type GoalChanged,
  type BoughtTier,
  type HouseTier,
  type OwnTier,
  type ReactionReply,
  Refusal,
  type Standing,
  type StreamEnded,
  type StreamNumbers,
  type StreamUpdated,
  type TreasureClaimReply,
  type TreasureProof,
  Unavailable,
} from './index.ts'

/** Checked by the compiler with the rest of the workspace; never run. */
declare const room: LiveConnection
declare const odeon: Odeon
const typed = (_check: () => unknown) => undefined

describe('types of a live room', () => {
  test('[SDK-17] events carry the shape of their name', () => {
    typed(() =>
      room.on('chat.posted', (entry, { replayed }) => {
        expectTypeOf(entry).toEqualTypeOf<ChatPosted>()
        expectTypeOf(entry.from).toExtend<Person>()
        expectTypeOf(entry.from.name).toEqualTypeOf<string>()
        expectTypeOf(replayed).toEqualTypeOf<boolean>()
      }),
    )
    typed(() =>
      room.on('stream.ended', (entry) => {
        expectTypeOf(entry.numbers).toEqualTypeOf<StreamNumbers>()
      }),
    )
    typed(() =>
      room.on('discontinuity', ({ missedFrom, missedTo }) => {
        expectTypeOf(missedFrom).toEqualTypeOf<number>()
        expectTypeOf(missedTo).toEqualTypeOf<number>()
      }),
    )
  })

  test('[SDK-17] unknown events, fields and commands do not compile', () => {
    // @ts-expect-error -- no such event
    typed(() => room.on('chat.deleted', () => undefined))
    // @ts-expect-error -- no such field of this event
    typed(() => room.on('chat.posted', (entry) => entry.numbers))
    // @ts-expect-error -- no such reaction
    typed(() => room.reactions.send({ kind: 'boo' }))
    // @ts-expect-error -- text, not a number
    typed(() => room.chat.send(5))
    // @ts-expect-error -- no price: that is the house's
    typed(() => room.gifts.send({ giftId: 'rose', coins: 5 }))
    // @ts-expect-error -- state is read, never written
    typed(() => (room.state.viewerCount = 3))
    // @ts-expect-error -- no such field of the state
    typed(() => room.onChange((state) => state.audience, String))
    // @ts-expect-error -- a crew member has no password
    typed(() => room.state.crew.get('id')?.password)
  })

  test('[SDK-17] state is typed and selectors carry their type to the callback', () => {
    expectTypeOf<LiveSnapshot['viewerCount']>().toEqualTypeOf<number>()
    expectTypeOf<LiveSnapshot['phase']>().toEqualTypeOf<'pending' | 'live' | 'ended'>()
    expectTypeOf<keyof LiveSnapshot>().toEqualTypeOf<
      | 'streamId'
      | 'channelId'
      | 'channel'
      | 'name'
      | 'avatarUrl'
      | 'title'
      | 'category'
      | 'phase'
      | 'startedAt'
      | 'endedAt'
      | 'viewerCount'
      | 'crew'
      | 'chat'
      | 'reactions'
      | 'metrics'
      | 'floor'
      | 'gifts'
      | 'battle'
      | 'treasure'
    >()
    typed(() =>
      room.onChange(
        (state) => state.viewerCount,
        (now, before) => {
          expectTypeOf(now).toEqualTypeOf<number>()
          expectTypeOf(before).toEqualTypeOf<number>()
        },
      ),
    )
    typed(() =>
      room.onChange(
        (state) => [...state.crew.values()],
        (now) => {
          expectTypeOf(now[0]?.role).toEqualTypeOf<'host' | 'moderator' | undefined>()
        },
      ),
    )
  })

  test('[OG-12] tiers are listed, read and bought with their types', () => {
    typed(async () => {
      expectTypeOf(await odeon.tiers.list()).toEqualTypeOf<HouseTier[]>()
      expectTypeOf(await odeon.tiers.mine()).toEqualTypeOf<OwnTier>()
      expectTypeOf(await odeon.tiers.buy(2)).toEqualTypeOf<BoughtTier>()
    })
    // @ts-expect-error -- no price: that is the house's
    typed(() => odeon.tiers.buy(2, { priceCoins: 1 }))
  })

  test('[SDK-17] commands resolve with what the room replies', () => {
    typed(async () => {
      expectTypeOf(await room.chat.send('hello')).toEqualTypeOf<ChatSendReply>()
      expectTypeOf(await room.reactions.send({ kind: 'wow' })).toEqualTypeOf<ReactionReply>()
      expectTypeOf(await room.react('heart')).toEqualTypeOf<ReactionReply>()
      expectTypeOf(await room.end()).toEqualTypeOf<StreamEnded>()
      expectTypeOf(await room.gifts.send({ giftId: 'rose' })).toEqualTypeOf<GiftReply>()
      expectTypeOf(await room.battles.invite({ rivals: ['id'] })).toEqualTypeOf<BattleReply>()
      expectTypeOf(await room.treasure.claim()).toEqualTypeOf<TreasureClaimReply>()
      expectTypeOf(await odeon.gifts.treasureProof('id')).toEqualTypeOf<TreasureProof>()
      expectTypeOf(await room.gifts.setGoal(null)).toEqualTypeOf<GoalChanged>()
      expectTypeOf(await odeon.live.join('id')).toEqualTypeOf<LiveConnection>()
    })
  })

  test('[SDK-25] chat, people and the desk of the crew are typed; words come by their names', () => {
    typed(async () => {
      const reply = await room.chat.send('hi', { replyTo: 'id', isAction: true })
      if (isWaiting(reply)) expectTypeOf(reply.waits).toEqualTypeOf<'held' | 'delayed'>()
      else expectTypeOf(reply).toEqualTypeOf<ChatPosted>()
      expectTypeOf(await room.chat.delete('id')).toEqualTypeOf<ActionTaken | null>()
      expectTypeOf(await room.chat.clear()).toEqualTypeOf<ActionTaken>()
      expectTypeOf(await room.chat.pin(null)).toEqualTypeOf<ActionTaken>()
      expectTypeOf(await room.chat.announce('hear')).toEqualTypeOf<ChatPosted>()
      expectTypeOf(await room.chat.modes({ slowSeconds: 5 })).toEqualTypeOf<ChatModes>()
      expectTypeOf(await room.members.ban({ userId: 'id' })).toEqualTypeOf<ActionTaken>()
      expectTypeOf(await room.crew.read()).toEqualTypeOf<CrewDesk>()
      expectTypeOf(await room.update({ category: null })).toEqualTypeOf<StreamUpdated>()
      expectTypeOf(room.you.standing).toEqualTypeOf<Standing>()
    })
    typed(() => room.on('chat.held', (line) => expectTypeOf(line).toEqualTypeOf<HeldLine>()))
    typed(() =>
      room.on('member.changed', ({ standing }) => expectTypeOf(standing).toEqualTypeOf<Standing>()),
    )
    // @ts-expect-error -- hosts are made by owning a channel, not by a grant
    typed(() => room.members.grant({ userId: 'id', role: 'host' }))
    // @ts-expect-error -- no such mode
    typed(() => room.chat.modes({ loud: true }))
  })

  test('[PAY-15] payments are typed; a gateway there is not is no choice', () => {
    typed(async () => {
      const begun = await odeon.payments.checkout({ packId: 'npr_1000', gateway: 'esewa' })
      expectTypeOf(begun).toEqualTypeOf<CheckoutBegun>()
      expectTypeOf((await odeon.payments.get('id')).state).toEqualTypeOf<PaymentState>()
    })
    // @ts-expect-error -- no such way to pay
    typed(() => odeon.payments.checkout({ packId: 'npr_1000', gateway: 'cash' }))
  })

  test('[SDK-17] entries of the list are told apart by their type', () => {
    typed(() =>
      room.entries.map((entry) => {
        if (entry.type === 'chat.posted') return entry.text
        // @ts-expect-error -- only chat has a text
        return entry.text
      }),
    )
    typed(async () => {
      const { entries } = await room.history({ before: 3, limit: 50 })
      return entries.map((entry) => (entry.type === 'stream.ended' ? entry.numbers : entry.seq))
    })
  })

  test('[SDK-17] failures are told apart, and an editor completes refusal codes', () => {
    typed(() => {
      const error: unknown = undefined
      if (error instanceof Refusal) {
        expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>()
        return error.code === 'rate_limited' || error.code === 'a_code_of_next_year'
      }
      if (error instanceof Unavailable) {
        // @ts-expect-error -- no such reason
        return error.reason === 'tired'
      }
      return false
    })
    expectTypeOf<Extract<Refusal['code'], 'chat_closed'>>().toEqualTypeOf<'chat_closed'>()
  })
})
