/** A room of voices under load: beside those who talk, people raise hands, sit, mute and leave. */
import { setTimeout as sleep } from 'node:timers/promises'
import { floorLimits } from '@odeon/rooms/protocol'
import { type AudioConnection, Odeon } from '@odeon/sdk'
import type { Invariant } from '../load/invariants.ts'
import type { ServerUnderLoad } from '../load/server-under-load.ts'
import type { RoomKind, RoomUnderLoad } from './kind.ts'
import { live, owner, visit } from './live.ts'

/** Who keep the floor moving, one step each so often. */
const stirring = 12
const stepMs = 500

type Member = Parameters<Invariant['check']>[0]['members'][number]

const floorOf = ({ state: { floor } }: Member) => ({
  seats: Array.from(floor?.speakers ?? [], ([id, { seat }]) => ({ id, seat })),
  queue: Array.from(floor?.hands ?? [])
    .sort(([, one], [, other]) => one.no - other.no)
    .map(([id]) => id),
})

const floorAgrees: Invariant = {
  name: 'everybody sees the same seats and the same queue, no seat taken twice',
  when: 'end',
  check({ members, late }) {
    const floors = [...members, ...late].map(floorOf)
    const texts = floors.map(({ seats, queue }) => {
      const bySeat = seats.toSorted((one, other) => one.seat - other.seat)
      return JSON.stringify([bySeat, queue])
    })
    const { seats, queue } = floors[0] ?? { seats: [], queue: [] }
    const isSame = new Set(texts).size <= 1
    const isOnce = new Set(seats.map(({ seat }) => seat)).size === seats.length
    const isBounded = seats.length <= floorLimits.seatsMax && queue.length <= floorLimits.handsMax
    return {
      holds: isSame && isOnce && isBounded,
      found: `${seats.length} seats, ${queue.length} hands${isSame ? '' : ', others elsewhere'}`,
    }
  },
}

export const audio: RoomKind = {
  open: (server, plan) =>
    plan.server.streamId === undefined
      ? openRoom(server)
      : Promise.resolve(visit(server, plan.server.streamId)),
  talkers: live.talkers,
  invariants: [...live.invariants, floorAgrees],
}

async function openRoom(server: ServerUnderLoad): Promise<RoomUnderLoad> {
  const odeon = await owner(server)
  const { id } = await odeon.audio.create({ title: 'A load run' })
  const host = await odeon.audio.join(id)
  await host.start()
  await host.floor.openSeats(true)
  const ended = new AbortController()
  const people: AudioConnection[] = []
  for (let n = 0; n < stirring; n += 1) {
    const guest = new Odeon(server.url)
    await guest.auth.guest()
    people.push(await guest.audio.join(id, { backlog: 0 }))
  }
  const stirred = Promise.all(people.map((room, n) => stir(room, n, ended.signal)))
  // Whoever waits for it hears of it; until then nobody does.
  stirred.catch(() => ended.abort())
  const still = async (): Promise<void> => {
    ended.abort()
    await stirred
  }
  return {
    ...visit(server, id),
    still,
    async end() {
      await still()
      await host.end()
      await Promise.all([...people, host].map((room) => room.leave()))
    },
  }
}

/** Each begins at another step, so that seats and hands come and go at all times. */
async function stir({ floor }: AudioConnection, n: number, ended: AbortSignal): Promise<void> {
  const steps = [
    () => floor.raiseHand(),
    () => floor.sit(),
    () => floor.mute(true),
    () => floor.mute(false),
    () => floor.stand(),
  ]
  await sleep(n * (stepMs / stirring))
  for (let step = 0; !ended.aborted; step += 1) {
    await steps[step % steps.length]?.()
    await sleep(stepMs)
  }
}
