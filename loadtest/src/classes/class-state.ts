/**
 * 200 things that all change: what everybody sees of each, and one figure more for each of three
 * classes beside the viewers, who see nothing more.
 */
import { type SchemaType, type StateView, schema, t } from '@colyseus/schema'

export const classNames = ['subscriber', 'moderator', 'host'] as const
export type ClassName = (typeof classNames)[number]
/** Each a bit: Colyseus shows a field to every view that shares one with it. */
const tagOf: Record<ClassName, number> = { subscriber: 1, moderator: 2, host: 4 }

const Thing = schema(
  {
    x: t.float32().default(0),
    y: t.float32().default(0),
    forSubscribers: t.uint32().default(0).view(tagOf.subscriber),
    forModerators: t.uint32().default(0).view(tagOf.moderator),
    forHosts: t.uint32().default(0).view(tagOf.host),
  },
  'ClassThing',
)
export const ClassState = schema({ things: t.array(Thing) }, 'ClassState')
export type ClassState = SchemaType<typeof ClassState>

/** What one class sees, shown to everybody. */
const PlainThing = schema(
  { x: t.float32().default(0), y: t.float32().default(0), figure: t.uint32().default(0) },
  'PlainThing',
)
export const PlainState = schema({ things: t.array(PlainThing) }, 'PlainState')
export type PlainState = SchemaType<typeof PlainState>

const thingCount = 200

export function openClassState(): ClassState {
  const state = new ClassState()
  for (let n = 0; n < thingCount; n += 1) state.things.push(new Thing())
  return state
}

export function openPlainState(): PlainState {
  const state = new PlainState()
  for (let n = 0; n < thingCount; n += 1) state.things.push(new PlainThing())
  return state
}

export const figureOf = (name: ClassName, at: number, tick: number): number =>
  tagOf[name] * 1_000_000 + tick * thingCount + at

export function changePlain({ things }: PlainState, tick: number): void {
  things.forEach((thing, at) =>
    thing.assign({ x: tick + at / 3, y: tick - at / 3, figure: figureOf('host', at, tick) }),
  )
}

export function changeClasses({ things }: ClassState, tick: number): void {
  things.forEach((thing, at) =>
    thing.assign({
      x: tick + at / 3,
      y: tick - at / 3,
      forSubscribers: figureOf('subscriber', at, tick),
      forModerators: figureOf('moderator', at, tick),
      forHosts: figureOf('host', at, tick),
    }),
  )
}

export function show(name: ClassName, view: StateView, { things }: ClassState): void {
  for (const thing of things) view.add(thing, tagOf[name])
}

/** What a client holds: for each class the figure of the first thing, 0 where it sees none. */
export function figuresHeld({ things }: ClassState): Record<ClassName, number> {
  const first = things[0]
  return {
    subscriber: first?.forSubscribers ?? 0,
    moderator: first?.forModerators ?? 0,
    host: first?.forHosts ?? 0,
  }
}
