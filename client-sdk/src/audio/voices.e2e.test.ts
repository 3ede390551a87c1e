// A room of voices with a real LiveKit: whoever has a seat is heard, and nobody else.
import { personOfMedia } from '@odeon/rooms/protocol'
import { describe, expect, test, vi } from 'vitest'
import { nodePeer } from '../../../server/src/media/livekit/testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../../server/src/media/livekit/testing/private-livekit.ts'
import { signalPeer } from '../../../server/src/media/livekit/testing/signal-peer.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { Odeon } from '../index.ts'

demandLiveKit()

/** Nothing is told there: the room finds out by itself. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 20_000, interval: 50 }

describe.runIf(hasLiveKit)('voices carried by LiveKit', () => {
  test('[AUD-08] a seat gives a voice, a silence and an end take it, a ticket lets in one person', async () => {
    const livekit = await privateLiveKit(nowhere)
    const { url } = await startTestServer({ media: livekit })
    const ann = new Odeon(url)
    const account = { username: 'ann', email: 'ann@odeon.test', password: 'correct horse battery' }
    await ann.auth.register(account)
    const { id } = await ann.audio.create({ title: 'Tea and talk' })
    const host = await ann.audio.join(id)
    await host.start()
    const bob = new Odeon(url)
    await bob.auth.guest({ name: 'Bob' })
    const listener = await bob.audio.join(id)
    await vi.waitFor(() => expect(listener.state.floor?.hasMedia).toBe(true), until)

    const ticket = await listener.mediaTicket('a')
    expect(personOfMedia(ticket.identity)).toBe(listener.you.id)
    const peer = await nodePeer(livekit, ticket.token)
    const asker = await signalPeer(await listener.mediaTicket('b'))
    expect(await asker.asks('microphone')).toBe(false)
    await host.floor.invite(listener.you.id)
    await listener.floor.sit()
    await vi.waitFor(async () => expect(await asker.asks('microphone')).toBe(true), until)
    await peer.publish('microphone')
    await vi.waitFor(async () => expect(await peer.sending()).toEqual(['microphone']), until)
    await host.floor.silence(listener.you.id)
    await vi.waitFor(async () => expect(await peer.sending()).toEqual([]), until)
    // Given back it is theirs from when they unmute.
    await host.floor.silence(listener.you.id, false)
    await vi.waitFor(() => expect(listener.floor.speakers[1]?.isHeldBack).toBe(true), until)
    expect(await asker.asks('microphone')).toBe(false)
    await listener.floor.mute(false)
    await vi.waitFor(async () => expect(await asker.asks('microphone')).toBe(true), until)
    expect(peer.isConnected).toBe(true)
    await host.end()
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), until)
    await Promise.all([host.leave(), listener.leave()])
  }, 90_000)
})
