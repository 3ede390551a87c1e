/** Who does not want to meet whom (AUTH-23). A block works one way and is not announced. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { World } from '@odeon/rooms/ports'
import { z } from 'zod'
import { recordAction } from '../moderation/record-action.ts'
import { Refused } from '../platform/http/refusal.ts'
import { BlockEntity, UserEntity } from './entities.ts'
import { profileOf } from './people.ts'
import { accountLimits, profile } from './protocol.ts'
import { sqlIn } from './sql-in.ts'

export const blockList = z.object({
  blocks: z.array(z.object({ user: profile, at: z.number() })),
})

export interface Blocks {
  isBlocked: (byUserId: string, userId: string) => Promise<boolean>
  block: (
    byUserId: string,
    userId: string,
  ) => Promise<true | Refused<'not_found' | 'not_yourself' | 'too_many_blocks'>>
  unblock: (byUserId: string, userId: string) => Promise<void>
  /** Newest first. */
  list: (byUserId: string) => Promise<z.output<typeof blockList>>
}

export interface BlocksDeps {
  em: () => EntityManager
  world: Pick<World, 'now' | 'newId'>
  putOut: (userId: string, hostedBy: string) => Promise<void>
}

export function blocks({ em, world, putOut }: BlocksDeps): Blocks {
  /** Read by administrators alone: a block is not announced. */
  const record = async (tx: EntityManager, kind: string, blockerId: string, blockedId: string) => {
    const people = await tx.find(UserEntity, { id: { $in: [blockerId, blockedId] } })
    const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? ''
    await recordAction(sqlIn(tx), {
      id: world.newId(),
      at: world.now(),
      kind,
      by: { id: blockerId, name: nameOf(blockerId), role: 'viewer' },
      target: { id: blockedId, name: nameOf(blockedId) },
    })
  }

  return {
    async isBlocked(blockerId, blockedId) {
      return (await em().count(BlockEntity, { blockerId, blockedId })) > 0
    },
    async block(blockerId, blockedId) {
      if (blockerId === blockedId) return new Refused('not_yourself')
      if ((await em().count(UserEntity, { id: blockedId })) === 0) return new Refused('not_found')
      const held = await em().count(BlockEntity, { blockerId })
      if (held >= accountLimits.blocksMax) return new Refused('too_many_blocks')
      await em().transactional(async (tx) => {
        const added = await tx.execute<object[]>(
          `insert into blocks (blocker_id, blocked_id, created_at) values (?, ?, ?)
           on conflict do nothing returning blocked_id`,
          [blockerId, blockedId, new Date(world.now())],
        )
        if (added.length > 0) await record(tx, 'block', blockerId, blockedId)
      })
      // The next join asks the record; whoever is inside already leaves now.
      await putOut(blockedId, blockerId)
      return true
    },
    async unblock(blockerId, blockedId) {
      await em().transactional(async (tx) => {
        const gone = await tx.nativeDelete(BlockEntity, { blockerId, blockedId })
        if (gone > 0) await record(tx, 'unblock', blockerId, blockedId)
      })
    },
    async list(blockerId) {
      const own = em()
      const held = await own.find(BlockEntity, { blockerId }, { orderBy: { createdAt: 'desc' } })
      const ids = held.map((block) => block.blockedId)
      const users = await own.find(UserEntity, { id: { $in: ids } })
      const byId = new Map(users.map((user) => [user.id, user]))
      return {
        blocks: held.flatMap((block) => {
          const user = byId.get(block.blockedId)
          return user ? [{ user: profileOf(user), at: block.createdAt.getTime() }] : []
        }),
      }
    },
  }
}
