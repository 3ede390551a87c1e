/** Names that LiveKit lets connections have and no ticket does. */
import { isMediaIdentity, mediaIdentity, type MediaSource } from '@odeon/rooms/protocol'
import { v7 } from 'uuid'
import { expect, onTestFinished, test, vi } from 'vitest'
import { recordingLog } from '../../platform/testing/quiet-log.ts'
import { crowd, hearing, mediaAt, speaks } from './testing/crowd.ts'

const until = { timeout: 20_000, interval: 20 }
const named = ['ann_a', 'ann_visita', 'ann_encoder', `${v7()}_${'t'.repeat(16)}`]
const misnamed = [
  'ann_a#1',
  'ann_a#_visitx',
  'ann_a#_b',
  `ann_a#${'x'.repeat(5_000)}`,
  'ann_a\n',
  'ann_A',
  'ann_b_c',
  `ann_${'t'.repeat(17)}`,
  'ann_',
  '_a',
  'ann',
]

test('[MED-30] a name is one of a ticket sign for sign, or nobody’s', () => {
  expect(named.filter(isMediaIdentity)).toEqual(named)
  expect(isMediaIdentity(mediaIdentity(v7(), 'a'))).toBe(true)
  expect(misnamed.filter(isMediaIdentity)).toEqual([])
})

test('[MED-30] whoever has a name of no ticket is put out, found or told, and no room is asked', async () => {
  const { livekit, comes, removed, here } = await crowd()
  const { log, lines } = recordingLog()
  const side = mediaAt({ now: 1_000 }, log)
  onTestFinished(side.listen())
  const told = new Map<string, readonly MediaSource[]>()
  const asked = new Set<string>()
  const grantOf = (userId: string, identity = '') => {
    asked.add(userId).add(identity)
    return speaks
  }
  side.open('live_a', { ...hearing(told), grantOf })
  for (const identity of ['ann_a', ...misnamed]) comes(identity)
  await side.use(livekit)
  await vi.waitFor(() => expect([...here.keys()]).toEqual(['ann_a']), until)

  removed.length = 0
  const track = { sid: 'TR_1', source: 'MICROPHONE' }
  let tellings = 0
  const tell = (identity: string, at: number) => {
    const event = at % 2 === 0 ? 'participant_joined' : 'track_published'
    const participant = { identity, sid: `PA_${at}` }
    const id = `EV_${(tellings += 1)}`
    side.told(JSON.stringify({ id, event, room: { name: 'live_a' }, participant, track }))
  }
  // Of whoever is being put out still nothing is asked again: they are told of until they are.
  await vi.waitFor(() => {
    for (const [at, identity] of misnamed.entries()) {
      if (!removed.includes(identity)) tell(identity, at)
    }
    expect([...new Set(removed)].toSorted()).toEqual(misnamed.toSorted())
  }, until)
  expect([...asked]).toEqual(['ann', 'ann_a'])
  expect([...told.keys()]).toEqual([])
  const said = lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts)
  expect(said).toHaveLength(1)
  expect(JSON.stringify(said).length).toBeLessThan(200)
})
