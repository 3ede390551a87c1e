/** How much of one source a connection, and a person over all of theirs, may send. */
import { TrackInfo, TrackSource, TrackType } from 'livekit-server-sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sentTooMuch } from './sent-too-much.ts'
import { crowd, hearing, mediaAt } from './testing/crowd.ts'

const until = { timeout: 20_000, interval: 20 }
const sends = (tab: string, ...counts: number[]) => ({
  identity: `ann_${tab}`,
  sources: [
    ...Array.from({ length: counts[0] ?? 0 }, () => 'microphone' as const),
    ...Array.from({ length: counts[1] ?? 0 }, () => 'camera' as const),
  ],
})
const ends = (...all: ReturnType<typeof sends>[]) => [...sentTooMuch(all)].toSorted()
let tracks = 0
const microphone = () =>
  new TrackInfo({
    sid: `TR_${(tracks += 1)}`,
    source: TrackSource.MICROPHONE,
    type: TrackType.AUDIO,
  })

test('[MED-32] a connection sends two of each source, a person five over all of theirs', () => {
  expect(ends(sends('a', 2, 2), sends('b', 1, 1))).toEqual([])
  expect(ends(sends('a', 2), sends('b', 1), sends('c', 1), sends('d', 1))).toEqual([])
  expect(ends(sends('a', 3, 1), sends('b', 1, 1))).toEqual(['ann_a'])
  expect(ends(sends('a', 1, 3))).toEqual(['ann_a'])
  expect(ends(sends('a', 2), sends('b', 2), sends('c', 2))).toHaveLength(1)
  expect(ends(sends('a', 3), sends('b', 2), sends('c', 2), sends('d', 1))).toEqual(['ann_a'])
})

test('[MED-32] whoever sends three microphones is put out, told or found, and nobody beside', async () => {
  const { livekit, comes, removed, here } = await crowd()
  const side = mediaAt({ now: 1_000 })
  onTestFinished(side.listen())
  side.open('live_a', hearing())
  comes('ann_a', [microphone(), microphone(), microphone()])
  comes('ann_b', [microphone(), microphone()])
  comes('bob_a', [microphone()])
  await side.use(livekit)
  await vi.waitFor(() => expect(removed).toEqual(['ann_a']), until)

  const [first, second, third] = [microphone(), microphone(), microphone()]
  const bob = comes('bob_a', [first, second])
  const tell = (event: string, track: TrackInfo) => {
    const telling = { id: `EV_${event}_${track.sid}`, event, room: { name: 'live_a' } }
    const said = { ...telling, participant: bob.toJson(), track: track.toJson() }
    side.told(JSON.stringify(said))
  }
  for (const track of [first, second, third]) tell('track_published', track)
  // One of them is gone, and that was not told: what LiveKit has is what counts.
  await side.use(livekit)
  expect([...here.keys()].toSorted()).toEqual(['ann_b', 'bob_a'])
  comes('bob_a', [first, second, third])
  tell('track_published', microphone())
  await side.use(livekit)
  await vi.waitFor(() => expect([...here.keys()]).toEqual(['ann_b']), until)
})
