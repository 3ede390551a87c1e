/** A floor for tests of its actions: real seats and hands, people by name, a clock by hand. */
import { audioKind } from '../audio/audio-kind.ts'
import { floorCommands } from '../floor/floor-commands.ts'
import { FloorHouse } from '../floor/floor-house.ts'
import type { FloorScope } from '../floor/floor-scope.ts'
import { GonePeople } from '../floor/gone-people.ts'
import type { FloorEvents } from '../floor/protocol.ts'
import { Floor } from '../floor/state.ts'
import type { Member } from '../kit/member.ts'
import { TokenBucket } from '../kit/token-bucket.ts'
import { crowdRate } from '../live/open-floor.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { Refusal, refuse } from '../kit/refusal.ts'
import type { StreamPhase } from '../live/protocol.ts'
import type { Media, MediaOwner, RoomMedia } from '../media/media.ts'
import type { Sanction } from '../moderation/protocol.ts'
import { countingWorld } from './memory-ports.ts'
import { recordingScope } from './recording-scope.ts'

/** Media that write down what the floor grants whenever they are told to look. */
export class ToldMedia implements Media {
  readonly isUp = true
  readonly told: string[] = []
  owner: MediaOwner | undefined
  /** How long a ticket takes, which says what its person may send. */
  minting = Promise.resolve()

  /** What somebody may send, `hidden` when nothing, `out` when they may not be there. */
  mayNow(userId: string, identity?: string): string {
    const grant = this.owner?.grantOf(userId, identity)
    if (!grant) return 'out'
    return grant.isHidden ? 'hidden' : grant.publish.join()
  }

  visit = (): Promise<never> => Promise.reject(new Error('nobody visits here'))

  open(_roomId: string, owner: MediaOwner): RoomMedia {
    this.owner = owner
    return {
      ticket: async ({ id }, tab) => {
        const may = this.mayNow(id)
        if (may === 'out') refuse(kitRefusals, 'not_allowed')
        await this.minting
        return { url: '', token: may, identity: `${id}_${tab}`, expiresAt: 0 }
      },
      settle: (userId) => {
        const grant = owner.grantOf(userId)
        const may = grant?.publish.length === 0 ? 'listens' : 'is heard'
        this.told.push(`${userId} ${grant === null ? 'is out' : may}`)
        return Promise.resolve(true)
      },
      putOutUngranted: () => {
        this.told.push('who waits in vain is out')
        return Promise.resolve(true)
      },
      release: () => void this.told.push('released'),
      end: () => {
        this.told.push('ended')
        return Promise.resolve()
      },
    }
  }
}

export function floorBench({ floor: kind } = audioKind) {
  const clock = { now: 1_000_000 }
  const kit = recordingScope<Floor, FloorEvents>(
    new Floor().assign({ seatsMax: kind.seatsMax }),
    countingWorld(() => clock.now),
  )
  const here = new Map<string, Member>()
  const reached = new Set<string>()
  const sanctions = new Map<string, Sanction>()
  const room = { phase: 'live' as StreamPhase }
  const media = new ToldMedia()
  const abandoned: number[] = []
  const scope: FloorScope = {
    floor: kit.state,
    world: kit.world,
    announce: kit.announce,
    standings: { sanctionOf: (id) => sanctions.get(id) ?? null },
    crowd: new TokenBucket(crowdRate, clock.now),
    phase: () => room.phase,
    present: (id) => here.get(id),
  }
  const house = new FloorHouse({
    scope,
    kind,
    hostId: 'host',
    roomId: 'room',
    media,
    gone: new GonePeople(),
    hasVisitors: () => false,
    isReached: (id) => reached.has(id),
    crew: () => [...here.values()].filter(({ role }) => role !== 'viewer').map(({ id }) => id),
    touch: () => {},
    abandoned: () => void abandoned.push(clock.now),
  })
  let asked = 0
  const bench = {
    clock,
    house,
    media,
    here,
    reached,
    sanctions,
    room,
    /** When it was said that nobody leads any more. */
    abandoned,
    floor: kit.state,
    said: kit.said,
    /** Somebody who is here from now on, connected. */
    enter(id: string, role: Member['role'] = 'viewer'): Member {
      const member: Member = { id, name: id, role, kind: 'account', joinedAt: clock.now }
      here.set(id, member)
      reached.add(id)
      house.came(member)
      return member
    },
    /** Says a command as the room would take it; the code of the no, or `ok`. */
    say(id: string, name: string, message: object = {}): string {
      const command = floorCommands[name]
      const member = here.get(id)
      if (command === undefined || member === undefined) throw new Error(`${id} says ${name}`)
      const parsed = command.shape.parse({ requestId: `request-${(asked += 1)}`, ...message })
      try {
        void command.action({ floor: { scope } }, member, parsed as never)
        return 'ok'
      } catch (error) {
        if (error instanceof Refusal) return error.code
        throw error
      }
    },
    /** Time passes, a beat a second. */
    pass(ms: number): void {
      for (let left = ms; left > 0; left -= 1_000) {
        clock.now += Math.min(1_000, left)
        house.beat(clock.now)
        house.settle()
      }
    },
    queue: () =>
      Array.from(kit.state.hands)
        .sort(([, one], [, other]) => one.no - other.no)
        .map(([id]) => id),
    /** They have a seat, each for longer than the next. */
    seat(...names: string[]): void {
      for (const userId of names) {
        bench.enter(userId)
        bench.say('host', 'floor.invite', { userId })
        bench.say(userId, 'floor.sit')
        bench.pass(1_000)
      }
    },
  }
  return bench
}

/** A floor whose host is there. */
export function hostedFloor() {
  const bench = floorBench()
  bench.enter('host', 'host')
  return bench
}
