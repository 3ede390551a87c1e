// A battle without pictures: what hosts and audiences see of it in every look and phase.
import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

/** A battle takes a minute, and each look is one more visit of axe. */
const slow = { timeout: 240_000 }
const patience = { timeout: 90_000 }

describe.runIf(hasBrowser)('battles without pictures', () => {
  const at = house()
  const rooms = new Map<string, LiveConnection>()
  const people = new Map<string, Odeon>()
  const names = ['ring_asha', 'ring_bela', 'ring_chandra', 'ring_deepa'] as const
  type Name = (typeof names)[number]

  beforeAll(async () => {
    for (const name of names) {
      const host = await at.person(name)
      const { id } = await host.streams.create({ title: `Evening with ${name}` })
      const room = await host.live.join(id)
      await room.start()
      rooms.set(name, room)
      people.set(name, host)
    }
  }, 60_000)

  const of = (name: Name) => rooms.get(name) as LiveConnection
  const open = async (page: Page, name: Name) => {
    await page.getByRole('heading', { name: `Evening with ${name}` }).waitFor()
    return page
  }
  const pathOf = (name: Name) => `/live/${of(name).streamId}`
  const visitor = async (name: Name) => open(await at.page(pathOf(name), { calm: true }), name)
  const host = async (name: Name) =>
    open(await at.signedIn(name, pathOf(name), { calm: true }), name)
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true })
  const phase = (page: Page, name: string) =>
    page.locator(`.battle[data-phase="${name}"]`).waitFor(patience)
  const giver = async (name: Name, username: string) => {
    const person = await at.person(username)
    await at.topUp(person, 5_000)
    return person.live.join(of(name).streamId)
  }

  test(
    '[WEB-202] a challenge is read and declined at the desk, taken back, and told in the chat',
    slow,
    async () => {
      const desk = await at.signedIn('ring_bela', '/studio', { calm: true })
      await desk.getByRole('button', { name: 'End', exact: true }).waitFor()
      const asha = of('ring_asha')
      await asha.battles.invite({ rivals: [of('ring_bela').streamId], giftId: 'rose', minutes: 3 })
      await desk.getByText('ring_asha challenges you').waitFor()
      await desk.getByText('Only Rose counts').waitFor()
      await desk.locator('.battle-invitation').getByText('3 minutes').waitFor()
      await button(desk, 'Decline').click()
      const log = desk.getByRole('log')
      await log.getByText('ring_asha challenges ring_bela to a battle.').waitFor()
      await log.getByText('The challenge was declined.').waitFor()
      // Whoever was declined waits; the other way round nothing stands in the way.
      await button(desk, 'Challenge to a battle').click()
      const dialog = desk.getByRole('dialog', { name: 'Challenge to a battle' })
      await dialog.getByText('ring_asha', { exact: true }).waitFor()
      for (const name of ['ring_asha', 'ring_chandra', 'ring_deepa']) {
        await dialog.getByText(name, { exact: true }).click()
      }
      await dialog.getByText('With ring_deepa', { exact: true }).click()
      await dialog.getByLabel('How long').selectOption('1')
      await dialog.getByLabel('What the losers do').fill('Sing a song')
      expect(await wrongInLooks(desk, 'battle-challenge', { part: '.dialog-card' })).toEqual([])
      await button(desk, 'Challenge 3 streams').click()
      await desk.getByText('With ring_deepa', { exact: true }).waitFor()
      await expect
        .poll(() => of('ring_bela').state.battle?.sides.map(({ team }) => team))
        .toEqual([0, 1, 1, 0])
      expect(of('ring_bela').state.battle).toMatchObject({ minutes: 1, terms: 'Sing a song' })
      await button(desk, 'Take it back').click()
      await log.getByText('The challenge was taken back.').waitFor()
    },
  )

  test(
    '[WEB-201] [WEB-203] [WEB-205] no canvas without motion; mist hides, who gives up has lost',
    slow,
    async () => {
      const [a, c] = ['ring_asha', 'ring_chandra'] as const
      const [own, rival] = [await host(a), await visitor(c)]
      const seat = await giver(a, 'ring_ana')
      await of(c).battles.invite({ rivals: [of(a).streamId], minutes: 5, terms: 'Bakes bread' })
      await own.getByText('ring_chandra challenges you').waitFor()
      await own.getByText('Who loses: Bakes bread').waitFor()
      await button(own, 'Accept').click()
      await phase(rival, 'countdown')
      await phase(rival, 'scoring')
      expect(await rival.locator('canvas.effect-canvas').count()).toBe(0)
      await seat.gifts.send({ giftId: 'kite', quantity: 3 })
      await rival.locator('.tug-points[data-points="300"]').waitFor()
      await button(own, 'Mist').click()
      await rival.locator('.tug-points', { hasText: 'Hidden' }).waitFor()
      expect(await rival.locator('.tug-points[data-points="300"]').count()).toBe(0)
      await own.locator('.tug-points[data-points="300"]').waitFor()
      await rival.getByText(/^Points hidden, 0:/).waitFor()
      expect(await wrongInLooks(rival, 'battle-mist', { part: '.room-stage' })).toEqual([])
      expect(await wrongInLooks(own, 'battle-host', { part: '.room-stage' })).toEqual([])

      await button(own, 'Give up').click()
      const asked = own.getByRole('alertdialog', { name: 'Give this battle up?' })
      await asked.getByRole('button', { name: 'Give up' }).click()
      await phase(rival, 'victory')
      await rival.locator('.victory-card').getByText('ring_chandra won').waitFor()
      await rival.getByText('ring_chandra won, the others gave up').first().waitFor()
      await rival.getByRole('log').getByText('ring_asha gave the battle up.').waitFor()
      expect(await wrongInLooks(own, 'battle-over', { part: '.room-stage' })).toEqual([])
      await phase(own, 'terms')
      await button(own, 'Once more').click()
      await expect.poll(() => of(c).state.battle?.phase, patience).toBe('invited')
      await of(c).battles.decline()
      await rival.getByRole('log').getByText('The challenge was declined.').waitFor()
      await seat.leave()
    },
  )

  test(
    '[WEB-200] [WEB-204] four stages, two against two, in Nepali, and each turn told once',
    slow,
    async () => {
      const [a, b, c, d] = names
      const rivals = [a, b, c].map((name) => of(name).streamId)
      const page = await visitor(b)
      await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
      await page.reload()
      await page.locator('.room-title').waitFor()
      const told: string[] = []
      await page.exposeFunction('told', (text: string) => void told.push(text))
      await of(d).battles.invite({ rivals, partner: of(b).streamId, minutes: 1 })
      for (const name of [a, b, c]) {
        await expect.poll(() => of(name).state.battle?.phase).toBe('invited')
        await of(name).battles.accept()
      }
      await phase(page, 'countdown')
      await page.locator('.battle > [role="status"]').evaluate((status) => {
        const { told: tell } = globalThis as unknown as { told: (text: string) => void }
        const say = () => tell(status.textContent ?? '')
        say()
        new MutationObserver(say).observe(status, {
          childList: true,
          subtree: true,
          characterData: true,
        })
      })
      await phase(page, 'scoring')
      const places = await page.locator('.battle-name').allTextContents()
      expect(places).toEqual([b, d, a, c])
      const seat = await giver(d, 'ring_dev')
      await seat.gifts.send({ giftId: 'rose', quantity: 5 })
      await page.locator('.tug-points[data-points="5"]').waitFor()
      expect(await wrongInLooks(page, 'battle-four-ne', { part: '.room-stage' })).toEqual([])
      await phase(page, 'victory')
      const kinds = [/^[3३] सेकेन्डमा/, /^भिडन्त सुरु भयो/, /^[\d०-९]+ सेकेन्ड बाँकी/, /ले जित/]
      // Whether there is a boost, and when, is the house's to say.
      const turns = told.map((text) => text.replace(/^.*दोब्बर गनिन्छन्। ?/, '')).filter(Boolean)
      const inOrder = turns.map((text) => kinds.findIndex((kind) => kind.test(text)))
      // A minute is the first of the three calls.
      expect(inOrder, turns.join('; ')).toEqual([0, 1, 2, 2, 3])
      await seat.leave()
    },
  )
})
