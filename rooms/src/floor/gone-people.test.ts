/** Who is gone is remembered for a quarter of an hour, in bounds, by a successor too. */
import { expect, it } from 'vitest'
import { Memory, type Remembered } from '../kit/memory.ts'
import { GonePeople } from './gone-people.ts'
import { floorLimits } from './protocol.ts'

const { goneKeptMs, outKeptMax, leftKeptMax, goneToldAtOnceMax } = floorLimits

function keptBy(memory: Memory): GonePeople {
  const gone: GonePeople = new GonePeople({
    out: memory.keep('floor.out', () => gone.out),
    left: memory.keep('floor.left', () => gone.left),
  })
  return gone
}

it('[AUD-16] who was put out and who left is gone until they come back, or their time is over', () => {
  const gone = new GonePeople()
  gone.putOut('ann', goneKeptMs)
  gone.leave('bob', goneKeptMs)
  expect([gone.isOut('ann', 0), gone.isOut('bob', 0)]).toEqual([true, false])
  expect(['ann', 'bob', 'cia'].map((id) => gone.has(id, goneKeptMs - 1))).toEqual([
    true,
    true,
    false,
  ])
  expect([gone.has('ann', goneKeptMs), gone.has('bob', goneKeptMs)]).toEqual([false, false])
  gone.cameBack('ann')
  gone.cameBack('bob')
  expect([gone.has('ann', 0), gone.has('bob', 0)]).toEqual([false, false])
})

it('[AUD-16] the newest are kept, and nobody whose time is over', () => {
  const gone = new GonePeople()
  for (let n = 0; n <= outKeptMax; n += 1) gone.putOut(`out ${n}`, 1_000 + n)
  for (let n = 0; n <= leftKeptMax; n += 1) gone.leave(`left ${n}`, 1_000 + n)
  expect([gone.out.length, gone.left.length]).toEqual([outKeptMax, leftKeptMax])
  expect([gone.has('out 0', 0), gone.has('out 1', 0)]).toEqual([false, true])
  expect([gone.has('left 0', 0), gone.has('left 1', 0)]).toEqual([false, true])
  // Who is put out again is the newest.
  gone.putOut('out 1', 9_000)
  gone.putOut('one more', 9_000)
  expect([gone.has('out 1', 0), gone.has('out 2', 0)]).toEqual([true, false])
  gone.beat(8_999)
  expect([gone.out, gone.left]).toEqual([
    [
      ['out 1', 9_000],
      ['one more', 9_000],
    ],
    [],
  ])
})

it('[AUD-16] a successor that reads what was told knows the same people', () => {
  const memory = new Memory()
  const gone = keptBy(memory)
  gone.putOut('ann', 900)
  gone.putOut('host', Number.MAX_SAFE_INTEGER)
  gone.leave('bob', 900)
  gone.leave('cia', 900)
  gone.cameBack('cia')
  const told = JSON.parse(JSON.stringify(memory.takeChanges())) as Remembered
  const successor = keptBy(new Memory(told))
  expect(['ann', 'bob', 'cia', 'host'].map((id) => successor.has(id, 0))).toEqual([
    true,
    true,
    false,
    true,
  ])
  expect([successor.isOut('host', 2 ** 50), successor.isOut('bob', 0)]).toEqual([true, false])
  expect(JSON.stringify(memory.all())).toBe(JSON.stringify(told))
})

it('[AUD-16] a long list is told once a second, a short one with each change', () => {
  const memory = new Memory()
  const gone = keptBy(memory)
  for (let n = 0; n < goneToldAtOnceMax; n += 1) {
    gone.leave(`${n}`, 900)
    expect(memory.takeChanges()).toMatchObject({ 'floor.left': { length: n + 1 } })
  }
  for (const name of ['one more', 'another']) gone.leave(name, 900)
  expect(memory.takeChanges()).toBeUndefined()
  gone.beat(0)
  expect(memory.takeChanges()).toMatchObject({ 'floor.left': { length: goneToldAtOnceMax + 2 } })
  gone.beat(0)
  expect(memory.takeChanges()).toBeUndefined()
})
