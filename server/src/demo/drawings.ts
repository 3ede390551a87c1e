/** Pictures of the demo's channels, drawn by code: a ground, light, and a sign of what they do. */
import type { Category } from '@odeon/rooms/protocol'
import { chance, type Chance } from './random.ts'

interface Palette {
  sky: string
  glow: string
  near: string
  far: string
  sign: string
}

const palettes: readonly [Palette, ...Palette[]] = [
  { sky: '#2b2350', glow: '#f0a35e', near: '#1b1636', far: '#5a3d74', sign: '#fff1dc' },
  { sky: '#123a46', glow: '#f4c76b', near: '#0b242d', far: '#2c6b70', sign: '#f3fbf2' },
  { sky: '#5b1f34', glow: '#ffb38a', near: '#33101f', far: '#93455a', sign: '#fff3ea' },
  { sky: '#1e3a2b', glow: '#e9d27c', near: '#10231a', far: '#4a7a55', sign: '#f6f7e4' },
  { sky: '#3b2a1a', glow: '#ffcf86', near: '#20160c', far: '#83603c', sign: '#fff4df' },
  { sky: '#23304f', glow: '#9fd0ff', near: '#121a2e', far: '#4b6699', sign: '#eef5ff' },
]

/** On a ground of 64 × 64, drawn in lines. */
const signs: Record<Category, string> = {
  music:
    'M26 44V20l20-5v24M26 44a5 5 0 1 1-10 0 5 5 0 0 1 10 0ZM46 39a5 5 0 1 1-10 0 5 5 0 0 1 10 0Z',
  gaming:
    'M20 24h24c8 0 10 20 4 22-4 1-6-6-9-6H25c-3 0-5 7-9 6-6-2-4-22 4-22Z' +
    'M22 28v8M18 32h8M42 30v.1M45 34v.1',
  talk: 'M14 20h36v20H32l-9 8v-8h-9ZM22 28h20M22 33h13',
  learn: 'M32 22c-5-4-12-4-18-3v25c6-1 13-1 18 3 5-4 12-4 18-3V19c-6-1-13-1-18 3ZM32 22v25',
  art: 'M20 46c-2-6 2-8 5-9L44 16l5 5-20 20c-1 4-4 6-9 5ZM40 20l5 5',
  sport:
    'M32 16a16 16 0 1 1 0 32 16 16 0 0 1 0-32ZM32 25l7 5-3 8h-8l-3-8ZM32 16v9' +
    'M48 30l-9 0M41 46l-5-8M23 46l5-8M16 30h9',
  local:
    'M16 32h32c0 9-6 15-13 15h-6c-7 0-13-6-13-15ZM24 27c-2-4 3-5 1-9' +
    'M32 27c-2-4 3-5 1-9M40 27c-2-4 3-5 1-9',
}

/** The same for the same handle, whenever it is drawn. */
function paletteOf(handle: string): { palette: Palette; luck: Chance } {
  const seed = [...handle].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0
  const luck = chance(seed)
  return { palette: luck.pick(palettes), luck }
}

const svg = (width: number, height: number, inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
  `viewBox="0 0 ${width} ${height}">${inner}</svg>`

const light = ({ sky, glow, far }: Palette): string =>
  '<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">' +
  `<stop offset="0" stop-color="${sky}"/><stop offset="1" stop-color="${far}"/></linearGradient>` +
  '<radialGradient id="g"><stop offset="0" ' +
  `stop-color="${glow}" stop-opacity=".95"/><stop offset="1" stop-color="${glow}" ` +
  'stop-opacity="0"/></radialGradient></defs>'

const lineOf = (path: string, colour: string, width: number): string =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" ` +
  'stroke-linecap="round" stroke-linejoin="round"/>'

export interface Drawn {
  handle: string
  category: Category
}

export function avatarOf({ handle, category }: Drawn): string {
  const { palette, luck } = paletteOf(handle)
  const x = 12 + Math.floor(luck.next() * 40)
  return svg(
    64,
    64,
    `${light(palette)}<rect width="64" height="64" fill="url(#s)"/>` +
      `<circle cx="${x}" cy="14" r="34" fill="url(#g)"/>` +
      `<path d="M0 50q16-10 32-3t32-5v22H0Z" fill="${palette.near}" opacity=".55"/>` +
      lineOf(signs[category], palette.sign, 3),
  )
}

export function bannerOf({ handle, category }: Drawn): string {
  const { palette, luck } = paletteOf(handle)
  const sun = 60 + Math.floor(luck.next() * 250)
  const stars = Array.from({ length: 26 }, () => {
    const [x, y] = [Math.round(luck.next() * 375), Math.round(luck.next() * 60)]
    return `<circle cx="${x}" cy="${y}" r="${(0.3 + luck.next() * 0.6).toFixed(2)}"/>`
  })
  return svg(
    375,
    125,
    `${light(palette)}<rect width="375" height="125" fill="url(#s)"/>` +
      `<g fill="${palette.sign}" opacity=".7">${stars.join('')}</g>` +
      `<circle cx="${sun}" cy="62" r="92" fill="url(#g)"/>` +
      hills(luck, { from: 78, rise: 22, colour: palette.far }) +
      hills(luck, { from: 98, rise: 16, colour: palette.near }) +
      '<g transform="translate(292 34)" opacity=".9">' +
      `${lineOf(signs[category], palette.sign, 2)}</g>`,
  )
}

function hills(
  luck: Chance,
  { from, rise, colour }: { from: number; rise: number; colour: string },
) {
  const tops = Array.from({ length: 6 }, (_, at) => {
    const top = from - Math.round(luck.next() * rise)
    return `S${at * 75 + 40} ${top} ${(at + 1) * 75} ${from - Math.round(luck.next() * 8)}`
  })
  return `<path d="M0 125V${from}${tops.join('')}V125Z" fill="${colour}"/>`
}

/** On a ground of 28 × 28. */
const emoteInner: Record<string, string> = {
  momo:
    '<path d="M3 19c0-9 6-13 11-13s11 4 11 13c-3 4-19 4-22 0Z" fill="#fff3df" stroke="#5b4632" ' +
    'stroke-width="1.5"/><path d="M14 6v6M9 8l3 5M19 8l-3 5M5 13l5 3M23 13l-5 3" fill="none" ' +
    'stroke="#c9a982" stroke-width="1.4" stroke-linecap="round"/>',
  chiya:
    '<path d="M5 10h14v8a6 6 0 0 1-6 6h-2a6 6 0 0 1-6-6Z" fill="#d9824a" stroke="#5a2f16" ' +
    'stroke-width="1.5"/><path d="M19 12h2a3 3 0 0 1 0 6h-2M9 7c-1-2 1-2 0-4M14 7c-1-2 1-2 0-4" ' +
    'fill="none" stroke="#5a2f16" stroke-width="1.5" stroke-linecap="round"/>',
  savepoint:
    '<path d="M14 2l3.6 7.6L26 11l-6 6 1.4 8.5L14 21.5 6.6 25.5 8 17 2 11l8.4-1.4Z" ' +
    'fill="#ffd25e" stroke="#6a4a00" stroke-width="1.5" stroke-linejoin="round"/>',
  onemore:
    '<circle cx="14" cy="14" r="11" fill="#5fb98b" stroke="#153d2a" stroke-width="1.5"/>' +
    '<path d="M14 8v12M8 14h12" stroke="#fff" stroke-width="3" stroke-linecap="round"/>',
}

export const emoteDrawing = (code: string): string => svg(28, 28, emoteInner[code] ?? '')
