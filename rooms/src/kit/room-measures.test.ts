import { expect, it } from 'vitest'
import { RoomMeter } from './room-measures.ts'

it('[ADM-02] entries are those of the last minute, frame times those of the latest frames', () => {
  const meter = new RoomMeter()
  expect(meter.read(0)).toEqual({ frameMs: 0, entriesPerMinute: 0 })
  for (const at of [1_000, 1_500, 30_000, 59_000]) meter.entry(at)
  expect(meter.read(59_500).entriesPerMinute).toBe(4)
  expect(meter.read(61_500).entriesPerMinute).toBe(2)
  meter.entry(61_700)
  expect(meter.read(61_800).entriesPerMinute).toBe(3)
  expect(meter.read(600_000).entriesPerMinute).toBe(0)
  meter.frame(10)
  meter.frame(20)
  expect(meter.read(0).frameMs).toBe(15)
  for (let frames = 0; frames < 1_000; frames += 1) meter.frame(1)
  expect(meter.read(0).frameMs).toBeCloseTo(1, 1)
})
