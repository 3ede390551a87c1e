// The host at the desk while an encoder sends for them, through a real LiveKit that tells of it.
import { liveRoomId } from '@odeon/rooms'
import { encoderTab } from '@odeon/rooms/protocol'
import { Odeon } from '@odeon/sdk'
import { describe, expect, test, vi } from 'vitest'
import { mintTicket } from '../../server/src/media/livekit/grants.ts'
import { nodePeer } from '../../server/src/media/livekit/testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { freePort } from '../../server/src/platform/testing/free-port.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

const until = { timeout: 10_000, interval: 50 }

/** Comes in as LiveKit's ingress does for who sends by a key of this host. */
async function encoder(livekit: PrivateLiveKit, streamId: string, userId: string) {
  const { token } = await mintTicket(livekit, {
    roomId: liveRoomId(streamId),
    person: { id: userId, name: 'Lens' },
    tab: encoderTab,
    grant: { publish: ['camera', 'microphone'], subscribe: true, isHidden: false },
    now: Date.now(),
  })
  return await nodePeer(livekit, token)
}

describe.runIf(canRun)('the studio of a host with an encoder', async () => {
  const port = await freePort()
  const webhook = `http://127.0.0.1:${port}/v1/media/webhook`
  const livekit = canRun ? await privateLiveKit(webhook) : undefined
  const at = house(livekit ? { media: livekit, port } : {})

  test('[OUT-31] [STU-10] it comes, lacks something, is whole, is lost and comes back, live', async () => {
    if (livekit === undefined) throw new Error('no LiveKit')
    const host = await at.person('lens_host')
    const { id } = await host.streams.create({ title: 'Sent from a program' })
    const userId = host.auth.user?.id ?? ''
    const page = await at.signedIn('lens_host', '/studio')
    await page.getByText('Nothing is sent', { exact: true }).waitFor()
    const guest = new Odeon(at.url)
    await guest.auth.guest({ name: 'Ann' })
    const viewer = await guest.live.join(id)
    expect(viewer.floor.encoder).toBeUndefined()

    const first = await encoder(livekit, id, userId)
    await page.getByText('Encoder connects').waitFor()
    await page.getByText('Nothing from your encoder').waitFor()
    await first.publish('microphone')
    await page.getByText('No picture from your encoder').waitFor()
    await first.publish('camera')
    await page.getByText('Encoder connected').waitFor()
    await page.getByText('Your encoder sends the picture.').waitFor()
    await page.getByText('Your encoder sends the sound.').waitFor()
    // There is a picture: nobody is asked whether to go without.
    await page.getByRole('button', { name: 'Go live' }).click()
    await page.getByRole('timer').waitFor()
    const whole = { hasPicture: true, hasSound: true, lostAt: 0 }
    await vi.waitFor(() => expect(viewer.floor.encoder).toMatchObject(whole), until)
    const since = viewer.floor.encoder?.since ?? 0
    expect(await wrongInLooks(page, 'studio-encoder')).toEqual([])

    await first.leave()
    await page.getByText('Encoder lost').waitFor()
    await vi.waitFor(() => expect(viewer.floor.encoder?.lostAt).toBeGreaterThan(since), until)
    expect(await wrongInLooks(page, 'studio-encoder-lost')).toEqual([])
    const second = await encoder(livekit, id, userId)
    for (const source of ['camera', 'microphone'] as const) await second.publish(source)
    await page.getByText('Encoder connected').waitFor()
    await vi.waitFor(() => expect(viewer.floor.encoder?.since).toBeGreaterThan(since), until)
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('button', { name: 'End the stream' }).click()
    await page.getByRole('heading', { name: 'What it came to' }).waitFor()
    await viewer.leave()
  }, 120_000)
})
