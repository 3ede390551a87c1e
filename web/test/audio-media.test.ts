// A room of voices with voices in it: people who speak into microphones, a real LiveKit between
// them, and somebody who only listens.
import { describe, expect, test, vi } from 'vitest'
import { nodePeer } from '../../server/src/media/livekit/testing/node-peer.ts'
import {
  privateLiveKit,
  demandLiveKit,
  hasLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { capturesOf, loudnessOn, press, shownUntouched, withEars } from './ears.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { spokenInto } from './speech.ts'
import {
  begun,
  button,
  comeUp,
  guest,
  heardOn,
  looksRight,
  nowhere,
  patience,
  seat,
  silentOn,
  speaks,
  until,
} from './voices.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

describe.runIf(canRun)('voices in a room of voices', async () => {
  const media = canRun ? await privateLiveKit(nowhere) : undefined
  const at = house(media ? { media } : {}, await spokenInto())

  test('[PLY-14] [VOI-07] whoever mutes themselves and sends on is heard on no page, until they unmute', async () => {
    const [ada, bob] = [await at.person(`ada_${Date.now()}`), await at.person()]
    const { id } = await ada.audio.create({ title: 'Not for everybody' })
    const host = await ada.audio.join(id)
    await host.start()
    await host.floor.openSeats(true)
    const speaker = await bob.audio.join(id)
    await speaker.floor.sit()
    const listener = await guest(at, id)
    await vi.waitFor(() => expect(speaker.state.floor?.hasMedia).toBe(true), until)
    const { token } = await speaker.mediaTicket('a')
    const peer = await nodePeer(media as NonNullable<typeof media>, token)
    await vi.waitFor(() => peer.publish('microphone'), until)
    peer.hum()
    await heardOn(listener)
    await speaker.floor.mute(true)
    await silentOn(listener)
    expect(await peer.sending()).toEqual(['microphone'])
    await speaker.floor.mute(false)
    await heardOn(listener)
    await Promise.all([host.leave(), speaker.leave()])
  }, 240_000)

  test('[VOI-05] [VOI-07] who is let speak is heard and ringed on every page, who is silenced is not, and a seat left is silent', async () => {
    const { id, host } = await begun(at, 'mira_speaks', 'What we carry home')
    const listener = await guest(at, id, 'phone')
    const ann = await guest(at, id)
    const everybody = [host, listener, ann]
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    await heardOn(listener)
    await speaks(host, 'You')
    await speaks(listener, 'mira_speaks')

    await comeUp(host, ann)
    await host.keyboard.press('m')
    await button(host, 'Unmute').waitFor()
    for (const page of [host, listener]) await speaks(page, 'Guest')
    await speaks(ann, 'You')
    for (const page of everybody) {
      await page.locator('.seat:not([data-speaking])', { hasText: 'Host' }).waitFor(patience)
    }
    await heardOn(listener)

    await button(host, /^Guest \d+ ?Speaker/).click()
    await host.getByRole('menuitem', { name: /^Mute Guest/ }).click()
    const hushed = button(ann, 'A moderator muted you')
    await hushed.waitFor()
    await silentOn(listener)
    await hushed.click({ force: true })
    await ann.keyboard.press('m')
    await hushed.waitFor()
    await silentOn(listener)
    await host.locator('.floor-note').getByRole('button', { name: 'Undo' }).click()
    await button(ann, 'Unmute').click()
    await button(ann, 'Mute').waitFor()
    await heardOn(listener)

    await button(ann, 'Leave your seat').click()
    await button(ann, 'Raise hand').waitFor()
    await silentOn(listener)
    await vi.waitFor(async () => expect(await capturesOf(ann)).toBe(0), until)
  }, 240_000)

  test('[VOI-09] when the host is lost whom they named leads, is heard all the while, and says so to everybody', async () => {
    const { id, host } = await begun(at, 'mira_leaves', 'A room that goes on')
    const ann = await guest(at, id)
    const listener = await guest(at, id, 'phone')
    await comeUp(host, ann)
    await button(host, /^Guest \d+ ?Speaker/).click()
    await host.getByRole('menuitem', { name: 'Lead when I am away' }).click()
    await seat(ann, 'Leads next').waitFor()
    await host.close()
    await listener.getByText(/^mira_leaves lost the connection\./).waitFor(patience)
    await heardOn(listener)
    await ann.getByText('You lead while mira_leaves is away.').waitFor({ timeout: 60_000 })
    await listener.getByText(/^Guest \d+ leads while mira_leaves is away\.$/).waitFor()
    await looksRight(ann, 'leading')
    await heardOn(listener)

    // Whoever comes by an address has not touched the page yet.
    at.allow(/^The AudioContext was not allowed to start/)
    await at.signedIn('mira_leaves', `/live/${id}`, { calm: true })
    await listener.getByText(/leads while mira_leaves is away/).waitFor({ state: 'detached' })
    await seat(ann, 'Leads next').waitFor()
  }, 240_000)

  test('[VOI-11] a tap lets voices sound that the browser holds back, a locked screen pauses, mutes and leaves', async () => {
    const { id, host } = await begun(at, 'mira_rests', 'Under the blanket')
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    at.allow(/^The AudioContext was not allowed to start/)
    const listener = await at.page(`/live/${id}`, { calm: true, size: 'phone', before: withEars })
    await shownUntouched(listener, '.floor-note .link-button')
    expect(await loudnessOn(listener)).toBe(0)
    await button(listener, 'Tap to listen').click()
    await heardOn(listener)

    const shown = await listener.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession
      return [metadata?.title, metadata?.artist, playbackState]
    })
    expect(shown).toEqual(['Under the blanket', 'mira_rests', 'playing'])
    await press(listener, 'pause')
    await listener.getByText('You paused the sound.').waitFor()
    await silentOn(listener)
    await press(listener, 'play')
    await heardOn(listener)

    const ann = await guest(at, id)
    await comeUp(host, ann)
    await press(ann, 'togglemicrophone')
    await button(ann, 'Unmute').waitFor()
    await press(ann, 'hangup')
    await ann.waitForURL(`${at.url}/`)
    await seat(listener, 'Guest').waitFor({ state: 'detached' })
    await vi.waitFor(async () => expect(await capturesOf(ann)).toBe(0), until)
  }, 240_000)
})
