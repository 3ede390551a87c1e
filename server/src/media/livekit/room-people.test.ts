// What is known of tickets that nobody used: so many for each person, and not for ever.
import { mediaLimits } from '@odeon/rooms/protocol'
import { ParticipantInfo } from 'livekit-server-sdk'
import { expect, test } from 'vitest'
import { RoomPeople } from './room-people.ts'

const nothing = () => undefined

test('[MED-27] of one person the oldest ticket or tab gives way, and a ticket ends with its time', () => {
  const people = new RoomPeople(nothing)
  const tabs = ['a', 'b', 'c', 'd'].map((tab) => `ann_${tab}`)
  expect(tabs).toHaveLength(mediaLimits.tabsPerPersonMax)
  for (const [at, tab] of tabs.entries()) expect(people.ticketed(tab, 1_000 + at)).toEqual([])
  expect(people.ticketed('ann_e', 2_000)).toEqual(['ann_a'])
  people.gone('ann_a')
  people.joined(new ParticipantInfo({ identity: 'ann_b', sid: 'PA_b' }))
  people.forgetUnused(1_002)
  expect(people.identitiesOf('ann')).toEqual(['ann_b', 'ann_d', 'ann_e'])
  people.forgetUnused(3_000)
  expect(people.identitiesOf('ann')).toEqual(['ann_b'])
})

test('[MED-27] thousands who ask and never come are forgotten, who comes late is not', () => {
  const people = new RoomPeople(nothing)
  for (let count = 0; count < 5_000; count += 1) people.ticketed(`${count}_a`, 1_000)
  expect(people.size).toBe(5_000)
  people.forgetUnused(1_000)
  expect(people.size).toBe(0)
  people.joined(new ParticipantInfo({ identity: '7_a', sid: 'PA_7' }))
  people.forgetUnused(5_000)
  expect([...people.present().keys()]).toEqual(['7'])
})

test('[MED-27] a new ticket for a tab that is connected forgets nothing of it', () => {
  const people = new RoomPeople(nothing)
  people.joined(new ParticipantInfo({ identity: 'ann_a', sid: 'PA_a' }))
  people.ticketed('ann_a', 1_000)
  people.forgetUnused(2_000)
  expect(people.identitiesOf('ann')).toEqual(['ann_a'])
})
