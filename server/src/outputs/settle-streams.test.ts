/** The one program that sends a stream on: which of two it is, and what it is begun with. */
import { EgressStatus } from '@livekit/protocol'
import { expect, test, vi } from 'vitest'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { keeper, call, newLive, end } = bench
const path = '/channels/ann/destinations'
const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
const active = () => standIn.runs.filter(({ status }) => status < EgressStatus.EGRESS_COMPLETE)

test('[OUT-10] of two that send the one that is written down goes on, whichever LiveKit tells first', async () => {
  const { body: made } = await call('POST', path, site)
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  const [kept] = active()
  await bench.egress.startStreams(`live_${id}`, [`${site.address}/${site.key}`])
  standIn.runs.unshift(standIn.runs.pop()!)
  await keeper.round()
  expect(active()).toEqual([kept])
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})

test('[OUT-36] a film that LiveKit does not answer yet holds up no other site', async () => {
  let open = () => undefined as void
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const slow = bench.newKeeper({
    startFilm: (...asked) => gate.then(() => bench.egress.startFilm(...asked)),
  })
  const { body: made } = await call('POST', path, site)
  const id = await newLive()
  const round = slow.round()
  await vi.waitFor(() => expect(active()).toHaveLength(1), { timeout: 25_000 })
  await call('PATCH', `${path}/${made.id}`, { isOn: false })
  open()
  await round
  expect(active()).toHaveLength(2)
  await slow.round()
  expect(active().map(({ streamResults }) => streamResults.length)).toEqual([0])
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})
