import { expect, test } from 'vitest'
import { inUtc, localOf } from './local-slot.ts'

const slot = { weekday: 0, startMinute: 60, durationMinutes: 90, title: 'Late' }

test('[WEB-68] an owner writes slots at their own time, over midnight and the end of the week', () => {
  expect(localOf(slot, 345)).toMatchObject({ weekday: 0, time: '06:45' })
  expect(localOf(slot, -300)).toMatchObject({ weekday: 6, time: '20:00' })
  for (const offset of [-720, -300, 0, 345, 840]) {
    expect(inUtc(localOf(slot, offset), offset), String(offset)).toEqual(slot)
  }
})
