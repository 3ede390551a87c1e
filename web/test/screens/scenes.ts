/** Every page in every state it has, as `npm run screens` shows them. */
import type { Page } from 'playwright-core'
import { doorScenes, suspendedScenes, waitingScenes } from './door-scenes.ts'
import { adminScenes, houseScenes } from './house-scenes.ts'
import { ownerScenes } from './owner-scenes.ts'
import { ownFilmScenes, pastFilmScenes } from './past-film-scenes.ts'
import { type Cast, offline, offlineComplaints, type Scene, waiting } from './scene.ts'

const menu = (page: Page) =>
  page.getByRole('button', { name: /^(Account and appearance)$/ }).click()

/** Before anybody was here. */
export const emptyScenes: readonly Scene[] = [
  { page: 'home', state: 'empty', path: '/', ready: '.free-stage', nepali: true },
  { page: 'settings', state: 'stranger', path: '/settings', ready: '.state h1' },
]

export function scenesWith(cast: Cast): readonly Scene[] {
  return [
    ...homeScenes(),
    ...liveScenes(cast),
    ...accountScenes(),
    ...otherScenes(),
    ...doorScenes(cast),
    ...suspendedScenes(cast),
    ...waitingScenes(cast),
    ...ownerScenes(),
    ...pastFilmScenes(cast.ids),
    ...ownFilmScenes(),
    ...studioScenes(),
    ...houseScenes(),
    ...adminScenes(),
  ]
}

function homeScenes(): Scene[] {
  const home = { page: 'home', path: '/' }
  return [
    { ...home, state: 'full', ready: 'text=Tape loops and warm static', nepali: true },
    { ...home, state: 'skeleton', ready: '.skeleton', before: waiting('**/v1/**') },
    {
      ...home,
      state: 'error',
      ready: '.state h1, [role=alert]',
      before: offline,
      fine: offlineComplaints,
    },
    { ...home, state: 'menu', ready: 'text=Tape loops', act: menu },
  ]
}

function liveScenes({ ids }: Cast): Scene[] {
  const live = { page: 'live', path: `/live/${ids.live}`, ready: 'text=second shelf' }
  return [
    { ...live, state: 'guest', nepali: true },
    { ...live, state: 'viewer', as: 'ana_listens' },
    { ...live, state: 'host', as: 'mira_sound' },
    { ...live, state: 'moderator', as: 'kiran_mod' },
    { ...live, state: 'muted', as: 'muted_moe', nepali: true },
    {
      ...live,
      state: 'crew-desk',
      as: 'kiran_mod',
      act: async (page) => {
        await page.locator('.desk-button').click()
        await page.locator('.crew-panel').waitFor()
      },
    },
    { ...live, state: 'skeleton', ready: '.skeleton', before: waiting('**/v1/**') },
    {
      ...live,
      state: 'lost',
      act: async (page) => {
        await page.context().setOffline(true)
        await page.locator('.strip').waitFor()
      },
      after: (page) => page.context().setOffline(false),
      fine: /ERR_INTERNET_DISCONNECTED|WebSocket|ERR_FAILED/,
    },
    {
      ...live,
      state: 'away',
      ready: '.state h1',
      before: offline,
      fine: offlineComplaints,
    },
    {
      ...live,
      state: 'ask-before-end',
      as: 'mira_sound',
      act: async (page) => {
        await page.getByRole('button', { name: 'End', exact: true }).click()
        await page.getByRole('alertdialog').waitFor()
      },
    },
    { ...live, state: 'pending', path: `/live/${ids.pending}`, ready: '.playbill' },
    {
      ...live,
      state: 'pending-host',
      as: 'mira_sound',
      path: `/live/${ids.pending}`,
      ready: '.playbill',
    },
    { ...live, state: 'silent', path: `/live/${ids.quiet}`, ready: '.composer' },
    ...replayScenes(ids),
    { page: 'log', state: 'full', path: `/live/${ids.ended}/log`, ready: '.chat-line' },
    {
      ...live,
      state: 'unknown',
      path: '/live/01890000-0000-7000-8000-00000000dead',
      ready: '.state h1',
      fine: /404/,
    },
  ]
}

function accountScenes(): Scene[] {
  const signIn = { page: 'sign-in', path: '/sign-in', ready: 'form' }
  return [
    { ...signIn, state: 'sign-in', nepali: true },
    {
      ...signIn,
      state: 'wrong',
      act: async (page) => {
        await page.getByLabel('Email').fill('nobody@odeon.test')
        await page.getByLabel('Password', { exact: true }).fill('not the password')
        await page.getByLabel('Password', { exact: true }).press('Enter')
        await page.getByRole('alert').waitFor()
      },
      fine: /401/,
    },
    {
      ...signIn,
      state: 'register',
      act: async (page) => {
        await page.getByRole('button', { name: 'Create your account' }).click()
        await page.getByRole('button', { name: 'Create account', exact: true }).click()
        await page.getByRole('alert').first().waitFor()
      },
    },
    { page: 'settings', state: 'guest', path: '/settings', ready: 'form' },
    {
      page: 'settings',
      state: 'account',
      as: 'ana_listens',
      path: '/settings',
      ready: 'form',
      nepali: true,
    },
  ]
}

function otherScenes(): Scene[] {
  return [
    { page: 'channel', state: 'stranger', path: '/channel/mira_sound', ready: '.past-list' },
    {
      page: 'channel',
      state: 'follower',
      as: 'ana_listens',
      path: '/channel/mira_sound',
      ready: '.past-list',
    },
    {
      page: 'channel',
      state: 'owner',
      as: 'mira_sound',
      path: '/channel/mira_sound',
      ready: '.past-list',
      nepali: true,
    },
    {
      page: 'channel',
      state: 'unknown',
      path: '/channel/nobody_at_all',
      ready: '.state h1',
      fine: /404/,
    },
    { page: 'not-found', state: 'stranger', path: '/no/such/page', ready: '.state h1' },
    { page: 'go-live', state: 'stranger', path: '/go-live', ready: '.state h1' },
    { page: 'go-live', state: 'host', as: 'mira_sound', path: '/go-live', ready: 'form' },
    { page: 'claim', state: 'no-token', path: '/admin/claim', ready: '.state h1' },
  ]
}

function studioScenes(): Scene[] {
  return [
    { page: 'studio', state: 'stranger', path: '/studio', ready: '.state h1' },
    {
      page: 'studio',
      state: 'live',
      as: 'mira_sound',
      path: '/studio',
      ready: '.chart svg, .chart-empty',
      nepali: true,
    },
    {
      page: 'studio',
      state: 'ask-before-end',
      as: 'mira_sound',
      path: '/studio',
      ready: '.host-end',
      act: async (page) => {
        await page.getByRole('button', { name: 'End', exact: true }).click()
        await page.getByRole('alertdialog').waitFor()
      },
    },
    { page: 'studio', state: 'before', as: 'soon_on', path: '/studio', ready: '.checks' },
    {
      page: 'studio',
      state: 'nothing-open',
      as: 'ana_listens',
      path: '/studio',
      ready: 'form',
      nepali: true,
    },
    {
      page: 'studio',
      state: 'skeleton',
      as: 'mira_sound',
      path: '/studio',
      ready: '.skeleton',
      before: waiting('**/v1/streams**'),
    },
    {
      page: 'studio',
      state: 'error',
      as: 'mira_sound',
      path: '/studio',
      ready: '.state h1',
      before: (page) => page.route('**/v1/streams**', (route) => route.abort()),
      fine: offlineComplaints,
    },
  ]
}

function replayScenes({ ended, replayed }: Cast['ids']): Scene[] {
  const replay = { page: 'replay', path: `/live/${replayed}?t=4` }
  const seen = (page: Page) => page.locator('.replay .chat-line').first().waitFor()
  return [
    { ...replay, state: 'middle', ready: '.replay-bar', act: seen, nepali: true },
    { ...replay, state: 'shaped', before: shaped, ready: '.scrubber-density', act: seen },
    { ...replay, state: 'begin', path: `/live/${replayed}`, ready: '.replay-bar' },
    {
      ...replay,
      state: 'end',
      path: `/live/${replayed}?t=9999`,
      ready: '.numbers',
    },
    {
      ...replay,
      state: 'none',
      path: `/live/${ended}`,
      before: (page) => answered(page, 'none'),
      ready: '.replay-note',
      nepali: true,
    },
    {
      ...replay,
      state: 'away',
      before: (page) => page.route('**/v1/streams/*/replay', (route) => route.abort()),
      ready: '.replay-note',
      fine: /ERR_FAILED/,
    },
  ]
}

/** As after an hour in which much happened, little, and much again. */
function shaped(page: Page): Promise<unknown> {
  return page.route('**/v1/streams/*/replay', async (route) => {
    const response = await route.fetch()
    const pulse = Array.from({ length: 120 }, (_, at) => {
      return Math.round(20 + 18 * Math.sin(at / 9) + (at % 7) * 3 + (at === 83 ? 90 : 0))
    })
    await route.fulfill({ response, json: { ...(await response.json()), pulse } })
  })
}

function answered(page: Page, status: string): Promise<unknown> {
  const nothing = { startedAt: 0, durationMs: 0, segments: [], pulse: [], pulseMs: 1, quoted: {} }
  return page.route('**/v1/streams/*/replay', (route) =>
    route.fulfill({ json: { status, ...nothing } }),
  )
}
