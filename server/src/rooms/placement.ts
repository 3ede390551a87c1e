/**
 * Where in the house somebody is seated: hosts and moderators where the room is written, viewers
 * there too while it is small, and from then on at the relay of a process that has room.
 */
import { matchMaker } from '@colyseus/core'
import { relayRoomId } from '@odeon/rooms'
import type { Pulse } from '../platform/shared/pulse.ts'
import type { Place } from './destinations.ts'
import type { RoomEntry } from './open-once.ts'

/** Longer than a dead process counts as living; one that was only slow is asked again then. */
export const shunnedMs = 5_000

export interface PlacementDeps {
  /** Absent when this process is alone: then nobody is carried. */
  pulse: Pick<Pulse, 'loads'> | undefined
  /** Sockets at the writer from which on viewers are seated at relays. */
  relayFromViewers: number
  /** Unix ms. */
  now: () => number
  /** This process's id. */
  here: () => string
}

export interface Placement {
  /** The place itself, or that of a relay which carries it. */
  find(place: Place, writer: RoomEntry, passBy?: ReadonlySet<string>): Promise<Place>
  /** It did not answer: for `shunnedMs` nobody is carried there while another process is. */
  shun(processId: string): void
  /** It did: whatever was held against it is forgotten. */
  answered(processId: string): void
}

/**
 * So much busier than the quietest process the one that was asked may be and still seat somebody
 * itself: a seat elsewhere costs two messages between processes.
 */
const slack = 0.1

/**
 * So many are sent to the same other process between two looks at the loads, while somebody else
 * may carry them: a crowd is shared by those it comes to, and no process that has just started
 * gets all of it.
 */
const sentMax = 64

export function placement({ pulse, relayFromViewers, now, here }: PlacementDeps): Placement {
  /** Seats given since the loads were read: many come between two readings. */
  const given = new Map<string, number>()
  let counted: ReadonlyMap<string, number> | undefined
  /** Until when, Unix ms. */
  const shunned = new Map<string, number>()

  const others = (all: string[], passBy: ReadonlySet<string>): string[] => {
    for (const [id, untilMs] of shunned) if (untilMs <= now()) shunned.delete(id)
    const answering = all.filter((id) => !shunned.has(id) && !passBy.has(id))
    return answering.length > 0 ? answering : all
  }

  const carrier = async (
    except: string,
    passBy: ReadonlySet<string>,
  ): Promise<string | undefined> => {
    const loads = await pulse?.loads()
    if (loads === undefined) return undefined
    if (loads !== counted) given.clear()
    counted = loads
    const loadOf = (id: string) => (loads.get(id) ?? 0) + (given.get(id) ?? 0)
    const all = [...loads.keys()].filter((id) => id !== except)
    const open = others(all, passBy)
    if (open.length === 0) return undefined
    const isOpenHere = open.includes(here())
    const elsewhere = open.filter((id) => id !== here())
    const unsent = elsewhere.filter((id) => (given.get(id) ?? 0) < sentMax)
    const least = (unsent.length > 0 || isOpenHere ? unsent : elsewhere).reduce(
      (one: string | undefined, other) =>
        one === undefined || loadOf(other) < loadOf(one) ? other : one,
      undefined,
    )
    const mayStay = isOpenHere && (!least || loadOf(here()) <= loadOf(least) * (1 + slack))
    const best = mayStay || !least ? here() : least
    given.set(best, (given.get(best) ?? 0) + 1)
    return best
  }

  const find: Placement['find'] = async (place, writer, passBy = new Set()) => {
    if (!place.mayBeCarried || writer.clients < relayFromViewers) return place
    const processId = await carrier(writer.processId, passBy)
    // Nobody else is there: then the writer carries them itself.
    if (processId === undefined) return place
    const { roomId: writerId, kind, openWith } = place
    return {
      kind: 'relay',
      roomId: relayRoomId(writerId, processId),
      openWith: { kind, writerId, openWith, processId },
      openIn: processId,
      mayBeCarried: false,
    }
  }
  return {
    find,
    shun: (processId) => void shunned.set(processId, now() + shunnedMs),
    answered: (processId) => void shunned.delete(processId),
  }
}

/** The process that shall open a room: the one its options name, or this one. */
export async function processToOpen(_room: string, options: object): Promise<string> {
  const { openIn } = options as { openIn?: unknown }
  return typeof openIn === 'string' ? openIn : matchMaker.processId
}
