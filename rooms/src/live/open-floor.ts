/** The floor of a room, put together from what the room holds. */
import { FloorHouse, type FloorHouseOptions } from '../floor/floor-house.ts'
import { GonePeople } from '../floor/gone-people.ts'
import { floorLimits } from '../floor/protocol.ts'
import { TokenBucket } from '../kit/token-bucket.ts'
import type { LiveScope } from './live-scope.ts'

export interface FloorParts extends Omit<FloorHouseOptions, 'scope' | 'gone'> {
  /** An earlier process had people here who are on their way. */
  isTakenOver: boolean
}

export const crowdRate = { perSecond: floorLimits.crowdPerSecond, burst: floorLimits.crowdBurst }

export type FloorBase = Pick<
  LiveScope,
  'state' | 'world' | 'memory' | 'standings' | 'present' | 'announce'
>

export function openFloor(room: FloorBase, { isTakenOver, ...parts }: FloorParts): FloorHouse {
  const { state, world, memory, standings, present } = room
  const scope = {
    floor: state.floor,
    crowd: new TokenBucket(crowdRate, world.now()),
    world,
    standings,
    present,
    phase: () => state.phase,
    announce: (name: never, body: never) => room.announce(name, body),
  }
  const gone: GonePeople = new GonePeople({
    out: memory.keep('floor.out', () => gone.out),
    left: memory.keep('floor.left', () => gone.left),
  })
  const house = new FloorHouse({ ...parts, gone, scope: scope as FloorHouseOptions['scope'] })
  if (isTakenOver) house.hold()
  return house
}
