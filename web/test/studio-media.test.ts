// The host at the desk with a camera and a microphone, a guest, and a real LiveKit between them.
import { type LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { keepPicture, wrongInLooks } from './pictures.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

/** Nothing is told there: rooms find out by themselves. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 20_000, interval: 50 }
const slow = { timeout: 240_000 }

describe.runIf(canRun)('the studio with a camera and a microphone', async () => {
  const at = house(canRun ? { media: await privateLiveKit(nowhere) } : {}, [], { isWhole: true })
  let host: Odeon
  let page: Page

  beforeAll(async () => {
    host = await at.person('lens_host')
  })

  /** At the desk of a new stream. */
  const desk = async (title: string, options?: Parameters<typeof at.page>[1]) => {
    const { id } = await host.streams.create({ title })
    page = await at.signedIn('lens_host', '/studio', options)
    await page.getByRole('button', { name: 'Go live' }).waitFor()
    return id
  }
  /** The browser keeps devices from the page, as when somebody said no for good. */
  const refused = async (meanwhile: () => Promise<void>) => {
    await page.context().route('**/studio', async (route) => {
      const response = await route.fetch()
      const none = { 'permissions-policy': 'camera=(), microphone=()' }
      await route.fulfill({ response, headers: { ...response.headers(), ...none } })
    })
    await page.reload()
    await meanwhile()
    await page.context().unroute('**/studio')
    await page.reload()
  }
  /** Pages find leave given before they ask. */
  const allow = () => page.context().grantPermissions(['camera', 'microphone'])
  const frames = () =>
    page.locator('.studio-preview video').evaluate((video) => {
      return (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames
    })
  const framesAdvance = async () => {
    const before = await frames()
    await vi.waitFor(async () => expect(await frames()).toBeGreaterThan(before), until)
  }
  const heard = () => page.locator('.level-word').getByText('We hear you.').waitFor()
  const levelMoves = async () => {
    const meter = page.getByRole('meter', { name: 'Microphone level' })
    const levels = new Set<string | null>()
    await vi.waitFor(async () => {
      levels.add(await meter.getAttribute('aria-valuenow'))
      expect(levels.size).toBeGreaterThan(2)
    }, until)
  }
  const keep = (state: string, look: string) => keepPicture(page, `studio-${state}`, look)
  const everySize = async (state: string) =>
    expect(await wrongInLooks(page, `studio-${state}`)).toEqual([])
  test(
    '[STU-01] [STU-02] [STU-03] [STU-04] devices are asked for, chosen, seen and heard',
    async () => {
      at.allow(/^Permissions policy violation/)
      await desk('Lights and levels', { calm: true })
      const open = page.getByRole('button', { name: 'Turn on camera and microphone' })
      await refused(async () => {
        await open.click()
        await page.getByRole('alert').getByText('This page may not use your camera.').waitFor()
        await page.getByRole('alert').getByText('This page may not use your microphone.').waitFor()
        await keep('denied', '1440-dark')
      })
      await open.click()
      await framesAdvance()
      await heard()
      await levelMoves()
      await page.getByText(/^Your picture moves, \d+ × \d+\.$/).waitFor()
      await page.getByText('The media server takes them.').waitFor()
      await page.getByText('Only you see this').waitFor()
      await everySize('checks')

      const camera = page.getByRole('combobox', { name: 'Camera' })
      const options = await camera.locator('option').allTextContents()
      expect(options).toHaveLength(2)
      await camera.selectOption({ label: options[1]! })
      await framesAdvance()
      await allow()
      await page.reload()
      await framesAdvance()
      await expect.poll(() => camera.locator('option:checked').textContent()).toBe(options[1])
      await page.keyboard.press('Alt+c')
      await page.getByText('Off. Viewers see the stage.').waitFor()
    },
    slow.timeout,
  )

  const onStage = (name: string) =>
    page.locator('.guests-part', { hasText: 'On stage' }).locator('.guest', { hasText: name })

  /** A guest asks, is brought up, silenced, and sent back to the audience. */
  const shareTheStage = async (guest: LiveConnection) => {
    await guest.floor.raiseHand()
    await page.getByText('Place 1').waitFor()
    await everySize('asking')
    await page.getByRole('button', { name: 'Bring up Ann' }).click()
    await page.getByText(/^Has \d:\d\d to answer$/).waitFor()
    await vi.waitFor(() => expect(guest.state.floor?.invitations.size).toBe(1), until)
    await guest.floor.sit()
    await onStage('Ann').waitFor()
    await page.getByText('2 of 12 on stage').waitFor()
    const ask = async (what: string) => {
      await page.getByRole('button', { name: 'What to do with Ann' }).click()
      await page.getByRole('menuitem', { name: what }).click()
    }
    await ask('Silence')
    await onStage('Ann').getByText('Silenced by the crew').waitFor()
    await keep('on-stage', '1440-light')
    await ask('Leads while I am away')
    await onStage('Ann').getByText('Leads while you are away').waitFor()
    await ask('Move to the audience')
    await page.getByText('You have the stage to yourself.').waitFor()
  }

  test(
    '[STU-05] [STU-06] [STU-07] [STU-08] [STU-09] live with a guest, through a reload, to the end',
    async () => {
      const id = await desk('A stage for two')
      await allow()
      await page.reload()
      await framesAdvance()
      await heard()
      await page.getByRole('button', { name: 'Go live' }).click()
      await page.getByText('Viewers see this').waitFor()
      await framesAdvance()
      const viewer = new Odeon(at.url)
      await viewer.auth.guest({ name: 'Ann' })
      const guest = await viewer.live.join(id)
      const hostSeat = () => [...(guest.state.floor?.speakers.values() ?? [])][0]
      await vi.waitFor(() => expect(hostSeat()?.isAudible).toBe(true), until)
      await page.getByText('Bitrate').waitFor()
      await levelMoves()
      await shareTheStage(guest)

      await page.keyboard.press('Alt+m')
      await page.getByText('Muted. Nobody hears you.').waitFor()
      await vi.waitFor(() => expect(hostSeat()?.isMuted).toBe(true), until)
      await page.keyboard.press('Alt+m')
      await vi.waitFor(() => expect(hostSeat()?.isAudible).toBe(true), until)
      await page.getByRole('button', { name: 'Share screen' }).click()
      const shown = page.locator('.studio-preview .face[data-screen] video[data-moving]')
      await shown.waitFor()
      await keep('screen', '1440-light')
      await page.getByRole('button', { name: 'Share screen' }).click()
      await shown.waitFor({ state: 'detached' })

      // Nobody leaves the air by mistake, and a page that is loaded again goes on.
      await page.getByRole('link', { name: 'Odeon' }).first().click()
      await page.getByRole('alertdialog').getByText('You are live').waitFor()
      await page.getByRole('button', { name: 'Stay' }).click()
      const asked: string[] = []
      page.on('dialog', (dialog) => {
        asked.push(dialog.type())
        void dialog.accept()
      })
      await page.reload()
      expect(asked).toEqual(['beforeunload'])
      await page.getByText('Viewers see this').waitFor()
      await framesAdvance()
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByRole('button', { name: 'End the stream' }).click()
      await page.getByRole('heading', { name: 'What it came to' }).waitFor()
      await guest.leave()
    },
    slow.timeout,
  )
})
