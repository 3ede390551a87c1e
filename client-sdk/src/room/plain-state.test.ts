import { Encoder, MapSchema, Reflection, schema, t } from '@colyseus/schema'
import { beforeEach, describe, expect, test } from 'vitest'
import { plainState } from './plain-state.ts'
import { settle } from './settle.ts'
import { StateMirror } from './state-mirror.ts'
import { StateView } from './state-view.ts'

const Person = schema({ name: t.string(), level: t.uint32().default(0) }, 'Person')
const Hall = schema(
  {
    title: t.string().default('first'),
    owner: t.ref(Person),
    people: t.map(Person),
    tags: t.array('string'),
  },
  'Hall',
)
interface PlainHall {
  title: string
  owner: { name: string; level: number }
  people: ReadonlyMap<string, { name: string; level: number }>
  tags: readonly string[]
}

/** A server-side state, and the mirror of a client that gets its bytes. */
function hall() {
  const state = new Hall()
  state.owner = new Person().assign({ name: 'ann' })
  state.people = new MapSchema()
  state.tags.push('a', 'b')
  const encoder = new Encoder(state)
  const mirror = new StateMirror(Reflection.encode(encoder))
  const all = () => mirror.apply(encoder.encodeAll().slice(), true)
  const patch = () => {
    mirror.apply(encoder.encode().slice(), false)
    encoder.discardChanges()
  }
  const enter = (id: string) => {
    state.people.set(id, new Person().assign({ name: `${id}!` }))
  }
  all()
  encoder.discardChanges()
  return { state, encoder, mirror, all, patch, enter, read: () => mirror.read() as PlainHall }
}

let it: ReturnType<typeof hall>
beforeEach(() => {
  it = hall()
})

describe('state as plain data', () => {
  test('[SDK-15] it holds every field, maps and arrays included', () => {
    it.enter('bob')
    it.patch()
    expect(it.read()).toEqual({
      title: 'first',
      owner: { name: 'ann', level: 0 },
      people: new Map([['bob', { name: 'bob!', level: 0 }]]),
      tags: ['a', 'b'],
    })
  })

  test('[SDK-15] a read from before does not change under its holder', () => {
    const before = it.read()
    it.state.title = 'second'
    it.state.tags.push('c')
    it.patch()
    expect(before.title).toBe('first')
    expect(before.tags).toEqual(['a', 'b'])
    expect(it.read()).not.toBe(before)
  })

  test('[SDK-08] what did not change is the very same object', () => {
    it.enter('bob')
    it.enter('cia')
    it.patch()
    const before = it.read()
    it.state.people.get('bob')!.level = 3
    it.patch()
    const after = it.read()
    expect(after.owner).toBe(before.owner)
    expect(after.tags).toBe(before.tags)
    expect(after.people.get('cia')).toBe(before.people.get('cia'))
    expect(after.people.get('bob')).toEqual({ name: 'bob!', level: 3 })
    expect(it.read()).toBe(after)
  })

  test('[SDK-08] a full state after an absence leaves no ghosts and keeps the survivors', () => {
    for (const id of ['bob', 'cia', 'dan']) it.enter(id)
    it.patch()
    const before = it.read()
    it.state.people.delete('bob')
    it.state.people.delete('dan')
    it.enter('eve')
    it.encoder.encode()
    it.encoder.discardChanges()
    it.all()
    const after = it.read()
    expect([...after.people.keys()].toSorted()).toEqual(['cia', 'eve'])
    expect(after.people.get('cia')).toBe(before.people.get('cia'))
    expect(after.owner).toBe(before.owner)
  })

  test('[SDK-09] a new session with an equal state gives the same objects', () => {
    it.enter('bob')
    it.patch()
    const before = it.read()
    const other = hall()
    other.enter('bob')
    other.patch()
    expect(other.mirror.read(before)).toBe(before)
  })
})

describe('callbacks on state', () => {
  function watch<Value>(select: (state: PlainHall) => Value) {
    const view = new StateView<PlainHall>()
    view.renew(it.mirror)
    const calls: [now: Value, before: Value][] = []
    const stop = view.onChange(select, (now, before) => calls.push([now, before]))
    const patch = () => {
      it.patch()
      view.renew(it.mirror)
    }
    return { calls, stop, patch }
  }

  test('[SDK-15] they come on change only, with the value now and before', () => {
    const { calls, patch, stop } = watch((state) => state.title)
    it.state.tags.push('c')
    patch()
    expect(calls).toEqual([])
    it.state.title = 'second'
    patch()
    expect(calls).toEqual([['second', 'first']])
    stop()
    it.state.title = 'third'
    patch()
    expect(calls).toHaveLength(1)
  })

  test('[SDK-15] a selector that builds a new value each time is compared by content', () => {
    const { calls, patch } = watch((state) => [...state.people.values()].map(({ name }) => name))
    it.state.title = 'second'
    patch()
    expect(calls).toEqual([])
    it.enter('bob')
    patch()
    expect(calls).toEqual([[['bob!'], []]])
  })

  test('[SDK-15] a map as a whole is told with what it was', () => {
    const { calls, patch } = watch((state) => state.people)
    it.enter('bob')
    patch()
    expect(calls.map(([now, before]) => [now.size, before.size])).toEqual([[1, 0]])
  })
})

test('[SDK-15] content decides whether two values are the same', () => {
  const same: [unknown, unknown][] = [
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [new Map([['k', { v: 1 }]]), new Map([['k', { v: 1 }]])],
    [Number.NaN, Number.NaN],
  ]
  for (const [now, before] of same) expect(settle(now, before)).toBe(before)
  const different: [unknown, unknown][] = [
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: undefined }, { b: undefined }],
    [[1], [1, 2]],
    [new Map([['k', 1]]), new Map([['l', 1]])],
    [{}, []],
    [null, {}],
    [0, -0],
    [new Date(0), new Date(0)],
  ]
  for (const [now, before] of different) expect(settle(now, before)).toBe(now)
  expect(plainState(5, 4)).toBe(5)
})
