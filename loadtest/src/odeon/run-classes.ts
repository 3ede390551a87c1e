/**
 * `npm run bench -- classes`: a patch of which the classes of an audience see different parts,
 * encoded once for each class, and in stock Colyseus once for each client with a view of its own.
 */
import { type Client, ClientState, SchemaSerializer } from '@colyseus/core'
import { Decoder, StateView } from '@colyseus/schema'
import { StageSerializer } from '@odeon/rooms'
import { median } from '../fanout/summarise.ts'
import {
  changeClasses,
  changePlain,
  type ClassName,
  classNames,
  ClassState,
  figureOf,
  figuresHeld,
  openClassState,
  openPlainState,
  show,
} from '../classes/class-state.ts'

export interface ClassesOptions {
  repetitions: number
  viewers: number
  say: (line: string) => void
}

export interface ClassesRun {
  /** Ms of CPU for one patch: without classes, for each class, for each client in stock. */
  singleMs: number
  classesMs: number
  stockMs: number
  /** Stock where the views of a class are one and the same, as nobody is told to do. */
  stockSharedMs: number
}

/** Compiled code is measured, not code that is being compiled. */
const warmPatches = 300
const patches = 400
/** Each takes stock as long as a hundred of ours. */
const stockPatches = 5

export function runClasses({ repetitions, viewers, say }: ClassesOptions): ClassesRun[] {
  demandRight()
  const runs: ClassesRun[] = []
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const run = {
      singleMs: single(),
      classesMs: classes(),
      stockMs: stock(viewers, () => new StateView()),
      stockSharedMs: stockShared(viewers),
    }
    say(
      `${repetition + 1}/${repetitions}  single ${run.singleMs.toFixed(3)} ms, ` +
        `classes ${run.classesMs.toFixed(3)} ms, stock ${run.stockMs.toFixed(1)} ms a patch`,
    )
    runs.push(run)
  }
  return runs
}

/** Median of the CPU time of one call, in ms: other processes may have the core meanwhile. */
function timed(times: number, change: (tick: number) => void, cut: () => unknown): number {
  const took: number[] = []
  for (let tick = 1; tick <= times; tick += 1) {
    change(tick)
    const before = process.cpuUsage()
    const startedAt = performance.now()
    cut()
    const wallMs = performance.now() - startedAt
    const { user, system } = process.cpuUsage(before)
    // The kernel's figure is coarse for what is short, the clock's is wrong for what is long.
    took.push(wallMs < 5 ? wallMs : (user + system) / 1_000)
  }
  return median(took)
}

function single(): number {
  const state = openPlainState()
  const serializer = new StageSerializer<typeof state>()
  serializer.reset(state as never)
  const change = (tick: number) => changePlain(state, tick)
  timed(warmPatches, change, () => serializer.cutPatch())
  return timed(patches, change, () => serializer.cutPatch())
}

function openClasses() {
  const state = openClassState()
  const serializer = new StageSerializer<ClassState>()
  serializer.reset(state as never)
  serializer.show(
    Object.fromEntries(
      classNames.map((name) => [name, (view: StateView) => show(name, view, state)]),
    ),
  )
  return { state, serializer }
}

function classes(): number {
  const { state, serializer } = openClasses()
  const change = (tick: number) => changeClasses(state, tick)
  timed(warmPatches, change, () => serializer.cutPatch())
  return timed(patches, change, () => serializer.cutPatch())
}

/** Clients that drop what they are sent: encoding alone is compared. A quarter sees no more. */
function stock(viewers: number, viewOf: (name: ClassName) => StateView): number {
  const state = openClassState()
  const serializer = new SchemaSerializer<ClassState>()
  serializer.reset(state as never)
  const shown = new Set<StateView>()
  const viewAt = (at: number): StateView | undefined => {
    const name = classNames[at % (classNames.length + 1)]
    if (name === undefined) return undefined
    const view = viewOf(name)
    if (!shown.has(view)) show(name, view, state)
    shown.add(view)
    return view
  }
  const clients = Array.from({ length: viewers }, (_, at) => {
    return { state: ClientState.JOINED, view: viewAt(at), raw() {} } as unknown as Client
  })
  const change = (tick: number) => changeClasses(state, tick)
  // The first patch also tells each what it begins to see.
  timed(2, change, () => serializer.applyPatches(clients))
  const ms = timed(stockPatches, change, () => serializer.applyPatches(clients))
  for (const view of shown) view.dispose()
  return ms
}

function stockShared(viewers: number): number {
  const views = new Map(classNames.map((name) => [name, new StateView()]))
  return stock(viewers, (name) => views.get(name) as StateView)
}

/** A client of each class must hold what is its own, and of the others' nothing. */
function demandRight(): void {
  const { state, serializer } = openClasses()
  changeClasses(state, 1)
  serializer.cutPatch()
  const payload = (frame: Buffer) => frame.subarray((frame[1] as number) < 126 ? 3 : 5)
  const clients = [...classNames, 'viewer'].map((name) => {
    const decoder = new Decoder(new ClassState())
    decoder.decode(payload(serializer.fullStateFrame(name)))
    return { name, decoder }
  })
  changeClasses(state, 2)
  const patch = serializer.cutPatch()
  if (patch === undefined) throw new Error('nothing was encoded')
  for (const { name, decoder } of clients) {
    decoder.decode(payload(patch))
    const own = serializer.classPatches.get(name)
    if (own !== undefined) decoder.decode(payload(own))
    const held = figuresHeld(decoder.state)
    for (const other of classNames) {
      const expected = other === name ? figureOf(other, 0, 2) : 0
      if (held[other] !== expected) throw new Error(`${name} holds ${held[other]} of ${other}`)
    }
  }
}
