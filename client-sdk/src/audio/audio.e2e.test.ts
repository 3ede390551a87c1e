// Rooms of voices with the SDK on a real server: made, found, joined, spoken in, ended.
import { beforeAll, expect, test, vi } from 'vitest'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { type AudioConnection, Odeon } from '../index.ts'

const until = { timeout: 20_000, interval: 50 }
const password = 'correct horse battery'
let url: string
let ann: Odeon

beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn' })).url
  ann = new Odeon(url)
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
})

async function guest(name: string) {
  const odeon = new Odeon(url)
  await odeon.auth.guest({ name })
  return odeon
}

test('[AUD-01] a room of voices is made, found in the lobby, joined, spoken in and ended', async () => {
  const made = await ann.audio.create({ title: 'Tea and talk', category: 'talk' })
  expect(made).toMatchObject({ medium: 'audio', phase: 'pending' })
  const host = await ann.audio.join(made.id)
  await host.start()
  const bob = await guest('Bob')
  const lobby = await bob.lobby.join()
  await vi.waitFor(
    () => expect(lobby.state.streams).toMatchObject([{ streamId: made.id, medium: 'audio' }]),
    until,
  )
  await vi.waitFor(
    async () => expect(await bob.lobby.live({ medium: 'audio' })).toMatchObject({ total: 1 }),
    until,
  )
  expect(await bob.lobby.live({ medium: 'video' })).toMatchObject({ total: 0 })

  const cia = await guest('Cia')
  const rooms = [await bob.audio.join(made.id), await cia.audio.join(made.id)]
  const [bobs, cias] = rooms as [AudioConnection, AudioConnection]
  expect([host.floor.role, bobs.floor.role]).toEqual(['host', 'listener'])
  expect(await cias.floor.raiseHand()).toEqual({ place: 1 })
  expect(await bobs.floor.raiseHand()).toEqual({ place: 2 })
  await expect(bobs.floor.sit()).rejects.toMatchObject({ code: 'not_invited' })
  await vi.waitFor(() => {
    for (const room of [host, bobs, cias]) {
      expect(room.floor.hands.map(({ name }) => name)).toEqual(['Cia', 'Bob'])
    }
  }, until)
  const first = host.floor.hands[0]?.id ?? ''
  await host.floor.invite(first)
  expect(await cias.floor.sit()).toMatchObject({ seat: 1, who: { name: 'Cia' } })
  await vi.waitFor(() => {
    expect(bobs.floor.speakers.map(({ name, role }) => [name, role])).toEqual([
      ['ann', 'host'],
      ['Cia', 'speaker'],
    ])
    expect(cias.floor.role).toBe('speaker')
  }, until)
  await host.floor.silence(first)
  await expect(cias.floor.mute(false)).rejects.toMatchObject({ code: 'silenced' })
  await host.floor.silence(first, false)
  expect(await cias.floor.mute(false)).toEqual({ isMuted: false })
  await expect(cias.floor.remove(first)).rejects.toMatchObject({ code: 'not_allowed' })
  // No media are put together with this server.
  await expect(cias.mediaTicket('a')).rejects.toMatchObject({ code: 'media_unavailable' })
  await cias.floor.stand()
  await host.floor.lowerAll()
  await host.floor.openSeats(true)
  await bobs.floor.sit({ seat: 9 })
  await host.floor.nameSuccessor(bobs.you.id)
  const named = () => expect(cias.state.floor).toMatchObject({ successorId: bobs.you.id })
  await vi.waitFor(named, until)
  await host.end()
  await vi.waitFor(() => expect(bobs.floor.speakers).toEqual([]), until)
  await expect(bobs.floor.raiseHand()).rejects.toMatchObject({ code: 'floor_closed' })
  expect(await ann.streams.get(made.id)).toMatchObject({ medium: 'audio', phase: 'ended' })
  await Promise.all([host, bobs, cias, lobby].map((room) => room.leave()))
})
