/**
 * The state both rooms under load hold: a board that is renewed, cells of which one changes,
 * reactions and, where it is asked for, supporters who all move.
 */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { moveSupporter, Supporter } from './supporters.ts'
import { boardOf } from './text.ts'

const cellCount = 256

/** As in a live room. */
const Reactions = schema(
  {
    heart: t.number().default(0),
    fire: t.number().default(0),
    laugh: t.number().default(0),
    clap: t.number().default(0),
    wow: t.number().default(0),
    cry: t.number().default(0),
  },
  'Reactions',
)

export const BenchState = schema(
  {
    tick: t.uint32().default(0),
    /** As in a live room, whose commands ask for it. */
    phase: t.string().default('live'),
    board: t.string().default(''),
    cells: t.array('uint32'),
    supporters: t.array(Supporter),
    reactions: t.ref(Reactions),
  },
  'BenchState',
)
export type BenchState = SchemaType<typeof BenchState>

/** Bytes of the board: small beside texts, large where patches are looked at. */
const boardBytes = Number(process.env['BOARD_BYTES'] ?? 64)
const supporters = Number(process.env['SUPPORTERS'] ?? 0)

export function openState(): BenchState {
  const state = new BenchState()
  state.board = boardOf(0, boardBytes)
  state.reactions = new Reactions()
  for (let cell = 0; cell < cellCount; cell += 1) state.cells.push(0)
  for (let place = 0; place < supporters; place += 1) state.supporters.push(new Supporter())
  return state
}

export function changeState(state: BenchState, tick: number): void {
  state.tick = tick
  state.board = boardOf(tick, boardBytes)
  state.cells[tick % cellCount] = tick
  state.supporters.forEach((supporter, place) => moveSupporter(supporter, { place, tick }))
}
