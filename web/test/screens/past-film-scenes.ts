/** Films of past streams, as `npm run screens` shows them: what the page is told stands in for. */
import type { ChannelFilms, Film, FilmedStream, Output } from '@odeon/sdk'
import type { Page, Route } from 'playwright-core'
import { filmedIn } from '../film-reel.ts'
import type { Cast, Scene } from './scene.ts'

const reelSeconds = 6
const link = { play: '/v1/films/reel', save: '/v1/films/reel?save=1', until: 0, forMs: 900_000 }

export function pastFilmScenes({ replayed, ended }: Cast['ids']): Scene[] {
  const path = `/live/${replayed}?t=4`
  const film = { page: 'past-film', path, ready: '.film[data-showing="shown"]' }
  return [
    { ...film, state: 'viewer', before: filmed({}), nepali: true },
    { ...film, state: 'owner', as: 'mira_sound', before: filmed({ isOwner: true }), nepali: true },
    { ...film, state: 'sound', before: filmed({ isSound: true }), ready: '.film audio' },
    {
      ...film,
      state: 'failed',
      before: async (page) => {
        await filmed({})(page)
        await page.route('**/v1/films/**', (route) => route.fulfill({ status: 404 }))
      },
      ready: '.film-failed',
      fine: /404/,
      nepali: true,
    },
    {
      ...film,
      state: 'alone',
      path: `/live/${ended}`,
      before: async (page) => {
        await filmed({ parts: 2 })(page)
        const nothing = { startedAt: 0, durationMs: 0, segments: [], lost: [], pulse: [] }
        const json = { status: 'expired', ...nothing, pulseMs: 1, quoted: {} }
        await page.route('**/v1/streams/*/replay', (route) => route.fulfill({ json }))
      },
      nepali: true,
    },
  ]
}

export function ownFilmScenes(): Scene[] {
  const tab = {
    page: 'channel-films',
    as: 'mira_sound',
    path: '/channel/mira_sound/settings?tab=films',
    ready: '.film-row',
  }
  return [
    { ...tab, state: 'full', before: listed(), nepali: true },
    {
      ...tab,
      state: 'removed',
      before: async (page) => {
        await listed()(page)
        await page.route('**/v1/streams/*/films/*', (route) => route.fulfill({ json: aFilm(1) }))
      },
      act: async (page) => {
        await page.locator('.film-acts button').first().click()
        await page.locator('.film-removed p').waitFor()
      },
      nepali: true,
    },
    { ...tab, state: 'none', before: listed({ streams: [] }), ready: '.film-none', nepali: true },
    { ...tab, state: 'out-of-reach', before: listed({ isReachable: false }) },
  ]
}

const aFilm = (startedAt: number, more: Partial<Film> = {}): Film => ({
  id: `01890000-0000-7000-8000-${String(startedAt % 1e12).padStart(12, '0')}`,
  startedAt,
  durationMs: reelSeconds * 1_000,
  bytes: 812_400_000,
  isSound: false,
  isPublished: true,
  link,
  ...more,
})

interface Filmed {
  isOwner?: boolean
  isSound?: boolean
  parts?: number
}

function filmed({ isOwner = false, isSound = false, parts = 1 }: Filmed) {
  return async (page: Page) => {
    const reel = await reelOf(page)
    await page.route('**/v1/films/**', (route) => served(route, reel))
    await page.route('**/v1/streams/*/films', async (route) => {
      const url = route
        .request()
        .url()
        .replace(/\/films$/, '')
      const stream = (await (await page.request.get(url)).json()) as { startedAt: number }
      const films = Array.from({ length: parts }, (_, part) =>
        aFilm(stream.startedAt + 800 + part * 10_000, { isSound, isPublished: !isOwner }),
      )
      await route.fulfill({ json: { isOwner, filming: null, films } })
    })
  }
}

/** Of other streams than those of the house: long ones, in every state there is. */
function listed(more: Partial<ChannelFilms> = {}) {
  const hourMs = 3_600_000
  const at = Date.now() - 3 * hourMs
  const output = (state: Output['state'], problem = ''): Output => ({
    state,
    problem,
    attempts: 1,
    changedAt: at,
    refused: null,
    nextAt: null,
  })
  const stream = (number: number, some: Partial<FilmedStream>): FilmedStream => ({
    id: `01890000-0000-7000-8000-00000000000${number}`,
    title: 'Tape loops and warm static',
    medium: 'video',
    startedAt: at - number * 26 * hourMs,
    isLive: false,
    keptUntil: at + 58 * 24 * hourMs,
    filming: output('ended'),
    films: [],
    ...some,
  })
  const one = (startedAt: number, some: Partial<Film> = {}) =>
    aFilm(startedAt, { durationMs: 3_729_000, ...some })
  const long = 'An evening of very slow tape, with everybody who ever brought a machine to the roof'
  const streams = [
    stream(1, { isLive: true, keptUntil: null, filming: output('live') }),
    stream(2, { title: 'A night of slow tape', films: [one(2)] }),
    stream(3, {
      title: long,
      films: [
        one(3, { isPublished: false, durationMs: 1_980_000, bytes: 431_000_000 }),
        one(4, { isPublished: false, bytes: 2_310_000_000, startedAt: at }),
      ],
    }),
    stream(4, { title: 'What we carry home', filming: output('live') }),
    stream(6, {
      title: 'Letters to the sea',
      filming: { ...output('waiting'), refused: 'output_minutes_spent', nextAt: at + 9 * hourMs },
    }),
    stream(5, {
      title: 'Sunrise set on the roof',
      filming: output('failed', 'no space left on device'),
    }),
  ]
  const json: ChannelFilms = {
    isOffered: true,
    isByDefault: true,
    isReachable: true,
    keptDays: 60,
    filmHours: 12,
    streams,
    next: null,
    ...more,
  }
  if (!json.isReachable) for (const each of streams) for (const any of each.films) any.link = null
  return (page: Page) => page.route('**/v1/channels/*/films', (route) => route.fulfill({ json }))
}

let reel: Promise<Buffer> | undefined

/** Made once, by a page beside the one that is shown. */
function reelOf(page: Page): Promise<Buffer> {
  const make = async () => {
    const beside = await page.context().newPage()
    try {
      return await filmedIn(beside, reelSeconds)
    } finally {
      await beside.close()
    }
  }
  reel ??= make()
  return reel
}

/** In parts, as films are asked for. */
async function served(route: Route, body: Buffer): Promise<void> {
  const [, from = '0'] = /bytes=(\d+)/.exec(route.request().headers()['range'] ?? '') ?? []
  const part = body.subarray(Number(from))
  const range = `bytes ${from}-${body.length - 1}/${body.length}`
  const headers = { 'content-type': 'video/mp4', 'content-range': range, 'accept-ranges': 'bytes' }
  await route.fulfill({ status: 206, headers, body: part })
}
