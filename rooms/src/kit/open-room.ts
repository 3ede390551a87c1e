/** Opens what a room is written with: its log, what came before, its memory, journal and stage. */
import type { Schema } from '@colyseus/schema'
import type { Audience } from './audience-class.ts'
import { type OpenedLog, openLog } from './journal/open-log.ts'
import { type Past, stateOf } from './journal/past.ts'
import type { Done } from './journal/record.ts'
import type { Member, Members } from './member.ts'
import { Memory } from './memory.ts'
import { Reach } from './reach.ts'
import type { RoomPorts } from './room-ports.ts'
import { Stage } from './stage.ts'
import type { Sparing } from './thin-frame.ts'
import type { StageSerializer } from './stage-serializer.ts'

export type { Memory, Reach, Stage }

export interface RoomToOpen<State extends Schema> {
  ports: RoomPorts
  room: { id: string; kind: string }
  state: State
  serializer: StageSerializer<State>
  members: Members
  /** Another process writes the room. */
  lost: () => void
  done: () => Done[]
  standingOf: (member: Member) => object | undefined
  beforeFrame: () => void
  sparing: Sparing | undefined
  audience: Audience<State> | undefined
  failed: (error: Error) => void
}

export interface OpenedRoom<State extends Schema> {
  stage: Stage<State>
  memory: Memory
  reach: Reach | undefined
  past: Past | undefined
  /** State as an earlier process left it. */
  before: State | undefined
}

export async function openRoom<State extends Schema>(
  toOpen: RoomToOpen<State>,
): Promise<OpenedRoom<State>> {
  const { ports, room, members, lost } = toOpen
  const { archive, journal, world, logger } = ports
  const { id: roomId } = room
  const { log, past, unarchived } = await openLog({ roomId, archive, journal, logger, lost })
  const memory = new Memory(past?.memory, () => stage.touch())
  const { done, serializer } = toOpen
  const fullState = () => serializer.fullStateFrame()
  const kept = { roomId, log, past, members, memory, world, logger, fullState, done, fenced: lost }
  const reach = journal && new Reach({ journal, ...kept })
  const stage = stageOf(toOpen, { log, unarchived }, reach)
  return { stage, memory, reach, past, before: past && beforeOf(past, toOpen) }
}

function stageOf<State extends Schema>(
  toOpen: RoomToOpen<State>,
  { log, unarchived }: Pick<OpenedLog, 'log' | 'unarchived'>,
  reach: Reach | undefined,
): Stage<State> {
  const { ports, room, state, serializer, standingOf, failed } = toOpen
  const { beforeFrame, sparing, audience } = toOpen
  const { archive, meter, world, sinks = [], recorder } = ports
  const blank = () => blankOf(state)
  const recording = recorder?.open({ ...room, epoch: log.epoch, blank })
  return new Stage({
    room,
    serializer,
    archive,
    meter,
    world,
    sinks: recording === undefined ? sinks : [...sinks, recording],
    log,
    unarchived,
    keeper: reach?.frames,
    welcomeMore: (member) => {
      const standing = standingOf(member)
      return standing && { standing }
    },
    beforeFrame,
    sparing,
    audience,
    failed: (error) => failed(error as Error),
  })
}

/** A state that another version wrote may mean nothing here: then the record says what is true. */
function beforeOf<State extends Schema>(
  { state }: Past,
  { room, state: now, ports }: RoomToOpen<State>,
): State | undefined {
  if (state.length === 0) return undefined
  try {
    return stateOf(state, blankOf(now))
  } catch (err) {
    ports.logger.error({ err, room: room.id }, 'the state of an earlier process was not understood')
    return undefined
  }
}

function blankOf<State extends Schema>(state: State): State {
  return new (state.constructor as new () => State)()
}
