/** The state both rooms under load hold: a board that is renewed and cells of which one changes. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { boardOf } from './text.ts'

const cellCount = 256

export const BenchState = schema(
  {
    tick: t.uint32().default(0),
    board: t.string().default(''),
    cells: t.array('uint32'),
  },
  'BenchState',
)
export type BenchState = SchemaType<typeof BenchState>

/** Bytes of the board: small beside texts, large where patches are looked at. */
const boardBytes = Number(process.env['BOARD_BYTES'] ?? 64)

export function openState(): BenchState {
  const state = new BenchState()
  state.board = boardOf(0, boardBytes)
  for (let cell = 0; cell < cellCount; cell += 1) state.cells.push(0)
  return state
}

export function changeState(state: BenchState, tick: number): void {
  state.tick = tick
  state.board = boardOf(tick, boardBytes)
  state.cells[tick % cellCount] = tick
}
