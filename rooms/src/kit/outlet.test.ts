/** What is read of the log while a frame is on its way. */
import { schema } from '@colyseus/schema'
import { expect, it, vi } from 'vitest'
import { FakeViewer } from '../testing/fake-viewer.ts'
import { CountingMeter } from '../testing/memory-ports.ts'
import { Outlet } from './outlet.ts'
import { RoomLog } from './room-log.ts'

const Nothing = schema({}, 'Nothing')
const nothing = Buffer.alloc(0)

it('[FRM-18] the log is read between two frames, up to the newest that was shown', async () => {
  const log = new RoomLog({ epoch: 1, head: 0 })
  const outlet = new Outlet({
    kind: 'test',
    meter: new CountingMeter(),
    head: 0,
    failed: (error) => expect.fail(String(error)),
    waitMs: () => 0,
    flush: () => {},
  })
  const viewers = Array.from({ length: 1_300 }, (_, n) => {
    const member = { id: `m${n}`, name: 'm', role: 'viewer', kind: 'guest', joinedAt: 0 } as const
    const viewer = new FakeViewer(member, new Nothing())
    outlet.greet(viewer.connection)
    return viewer
  })
  const show = (frame: Parameters<typeof outlet.take>[0]['frame']) =>
    outlet.show(outlet.take({ frame, greeter: () => () => nothing, resync: () => () => nothing }))
  show(undefined)
  await vi.waitFor(() => expect(outlet.fanout.isBusy).toBe(false))

  const shown = log.append('line', {}, 1)
  show({ epoch: 1, head: 1, entries: [shown], patch: undefined, chunk: shown.frame })
  log.append('line', {}, 1)
  const last = viewers.at(-1) as FakeViewer<InstanceType<typeof Nothing>>
  const said: object[] = []
  outlet.read(
    () => log,
    { epoch: 1, seq: 0 },
    ({ frames, to }) => {
      last.read()
      said.push({ frames: frames.length, to, heard: last.entries().length })
    },
  )
  expect(said).toEqual([])
  await vi.waitFor(() => expect(said).toEqual([{ frames: 1, to: 1, heard: 1 }]))
})
