// A viewer comes up on the stage of a live room in the page alone, with a real camera and LiveKit:
// asks, is invited by the host at the desk, joins, is muted, has a turn, and goes down again.
import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

/** Nothing is told there: rooms find out by themselves. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 30_000, interval: 100 }
const patience = { timeout: 30_000 }

describe.runIf(canRun)('a guest on the stage', async () => {
  const livekit = await privateLiveKit(nowhere)
  const at = house({ media: livekit }, [], { isWhole: true })

  /** The host at the desk, on the air, and how the room stands as a program sees it. */
  const onAir = async (username: string, title: string) => {
    const host: Odeon = await at.person(username)
    const { id } = await host.streams.create({ title })
    const desk = await at.signedIn(username, '/studio', { calm: true })
    await desk.context().grantPermissions(['camera', 'microphone'])
    await desk.reload()
    await desk.getByText(/^Your picture moves, \d+ × \d+\.$/).waitFor(patience)
    await desk.getByRole('button', { name: 'Go live' }).click()
    await desk.getByText('Viewers see this').waitFor(patience)
    return { id, desk, room: await host.live.join(id) }
  }
  const viewerOf = async (id: string) => {
    const page = await at.page(`/live/${id}`, { calm: true })
    await page.context().grantPermissions(['camera', 'microphone'])
    await page.locator('[data-main] video[data-moving]').waitFor(patience)
    return page
  }
  /** The browser keeps devices from the page, as when somebody said no for good. */
  const refused = async (page: Page, meanwhile: () => Promise<void>) => {
    at.allow(/^Permissions policy violation/)
    await page.context().route('**/live/*', async (route) => {
      const response = await route.fetch()
      const none = { 'permissions-policy': 'camera=(), microphone=()' }
      await route.fulfill({ response, headers: { ...response.headers(), ...none } })
    })
    await page.reload()
    await meanwhile()
    await page.context().unroute('**/live/*')
    await page.reload()
  }
  const switchOf = (page: Page, name: string) =>
    page.locator('.guest-bar').getByRole('button', { name, exact: true })
  const ownPicture = (page: Page) => page.locator('.face video[data-moving][data-mirrored]')
  const guestOf = (room: LiveConnection) => room.floor.speakers.find(({ seat }) => seat > 0)

  test('[GST-07] [STU-12] asks, is invited, looks at themselves, joins, is silenced, comes back after a reload, and leaves', async () => {
    const { id, desk, room } = await onAir('stage_asha', 'Room for one more')
    const page = await viewerOf(id)
    await page.getByRole('button', { name: 'Ask to join the stage' }).click()
    await page.getByRole('button', { name: 'You are number 1. Lower your hand' }).waitFor()
    await desk.getByRole('button', { name: /^Bring up / }).click()

    const green = page.getByRole('alertdialog', { name: 'You are invited on stage' })
    await green.getByLabel('Your picture', { exact: true }).waitFor(patience)
    await green.getByText('We hear you.').waitFor(patience)
    expect(await wrongInLooks(page, 'guest-green')).toEqual([])
    await green.getByRole('button', { name: 'Join with camera' }).click()
    await ownPicture(page).waitFor(patience)
    await desk.locator('.player-beside video[data-moving]').waitFor(patience)
    await vi.waitFor(() => expect(guestOf(room)?.isAudible).toBe(true), until)
    expect(await wrongInLooks(page, 'guest-on-stage')).toEqual([])

    const guestId = guestOf(room)?.id ?? ''
    await room.floor.silence(guestId)
    await page.locator('.guest-said').getByText('A moderator muted you').waitFor()
    await vi.waitFor(() => expect(guestOf(room)?.isAudible).toBe(false), until)
    await room.floor.silence(guestId, false)
    await switchOf(page, 'Microphone').click()
    await vi.waitFor(() => {
      expect(guestOf(room)).toMatchObject({ isMuted: false, isAudible: true })
    }, until)
    await switchOf(page, 'Camera').click()
    await ownPicture(page).waitFor({ state: 'detached', ...patience })
    await switchOf(page, 'Camera').click()
    await ownPicture(page).waitFor(patience)

    // Who muted themselves is not heard again unasked.
    await switchOf(page, 'Microphone').click()
    await vi.waitFor(() => expect(guestOf(room)?.isMuted).toBe(true), until)
    await page.reload()
    await ownPicture(page).waitFor(patience)
    expect(guestOf(room)).toMatchObject({ isMuted: true, isAudible: false })
    await switchOf(page, 'Microphone').click()
    await vi.waitFor(() => expect(guestOf(room)?.isAudible).toBe(true), until)
    await page.getByRole('button', { name: 'Leave the stage' }).click()
    await page.getByRole('button', { name: 'Ask to join the stage' }).waitFor()
    await vi.waitFor(() => expect(guestOf(room)).toBeUndefined(), until)
  }, 240_000)

  test('[GST-07] [AUD-18] speaks for a turn, is told when it is over, and may say no or be refused a camera', async () => {
    const { id, desk, room } = await onAir('stage_bela', 'Two minutes each')
    const page = await viewerOf(id)
    await desk.getByLabel('Time for each guest').selectOption('2 minutes')
    await vi.waitFor(() => expect(room.state.floor?.turnSeconds).toBe(120), until)
    await page.getByRole('button', { name: 'Ask to join the stage' }).click()
    await vi.waitFor(() => expect(room.floor.hands).toHaveLength(1), until)
    const guestId = room.floor.hands[0]?.id ?? ''
    await room.floor.invite(guestId)
    await page.getByRole('button', { name: 'Not now' }).click()
    await vi.waitFor(() => expect(room.state.floor?.invitations.size).toBe(0), until)
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })

    // Where anybody may come up nobody need be asked; a browser's no costs no seat.
    await room.floor.openSeats(true)
    const green = page.getByRole('dialog', { name: 'Join the stage' })
    await refused(page, async () => {
      await page.getByRole('button', { name: 'Join the stage' }).click()
      await green.getByRole('alert').getByText('This page may not use your camera.').waitFor()
      await green.getByRole('button', { name: 'Join without both' }).waitFor()
      expect(guestOf(room)).toBeUndefined()
      await green.getByRole('button', { name: 'Not now' }).click()
      await green.waitFor({ state: 'detached' })
    })
    await page.getByRole('button', { name: 'Join the stage' }).click()
    await green.getByRole('button', { name: 'Join with camera' }).click()
    await page.locator('.guest-bar').getByRole('timer').waitFor(patience)
    await desk.locator('.guest').getByRole('timer').waitFor()
    await desk.getByRole('button', { name: /^What to do with/ }).click()
    await desk.getByRole('menuitem', { name: 'Give a new turn' }).click()
    await room.floor.remove(guestId)
    await page.getByText('A moderator moved you to the audience.').waitFor()
    await page.locator('.guest-bar').waitFor({ state: 'detached' })
  }, 240_000)

  test('[STU-12] the host is told at the desk that viewers see nothing while media are away', async () => {
    const { desk } = await onAir('stage_cira', 'A short night')
    const { host: dead } = new URL(livekit.publicUrl)
    at.allow(new RegExp(`^WebSocket connection to 'ws://${dead}/rtc.*ERR_CONNECTION_REFUSED`))
    at.allow(new RegExp(`^Failed to load resource: net::ERR_CONNECTION_REFUSED http://${dead}/rtc`))
    at.allow(new RegExp(`^request to ${dead}$`))
    const own = desk.locator('.studio-preview .face video[data-moving][data-mirrored]')
    await own.waitFor(patience)
    await livekit.stop()
    await desk.getByText('Viewers do not see this now').waitFor(patience)
    await own.waitFor(patience)
    await livekit.start()
    await desk.getByText('Viewers see this', { exact: true }).waitFor(patience)
  }, 120_000)
})
