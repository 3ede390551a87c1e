/**
 * The gifts as outlines on a sheet of 48 by 48, in the order in which they are laid on. Drawn by
 * hand, once for the page and for the canvas over the stage.
 */
export interface Outline {
  d: string
  fill?: string
  stroke?: string
  /** Of the stroke. */
  width?: number
  alpha?: number
}

export const artSize = 48

const line = (d: string, stroke: string, width = 2): Outline => ({ d, stroke, width })
const disc = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`

/** Discs around the middle, as petals stand. */
function petals(count: number, radius: number, size: number, turn = 0): string {
  return Array.from({ length: count }, (_, at) => {
    const angle = ((at + turn) / count) * 2 * Math.PI
    const [x, y] = [24 + radius * Math.cos(angle), 24 + radius * Math.sin(angle)]
    return disc(Number(x.toFixed(2)), Number(y.toFixed(2)), size)
  }).join('')
}

const steam = line('M17 11c-2-2.4 2-3.8 0-6.6M24 9.6c-2-2.6 2-4 0-6.8M31 11c-2-2.4 2-3.8 0-6.6', '')

const arts: Readonly<Record<string, readonly Outline[]>> = {
  rose: [
    line('M24 27c0 7-.8 12-2.8 18', '#2f9e5b', 2.6),
    { d: 'M22.6 37c-5 .6-8.8-1.2-10.6-5.2 5-.8 9 1 10.6 5.2Z', fill: '#49c67d' },
    { d: 'M23 40.6c4.8.2 8.2-1.8 9.8-5.8-4.8-.4-8.4 1.6-9.8 5.8Z', fill: '#2f9e5b' },
    {
      d: `M24 30c-8.2 0-13.4-5-13.4-11.8 0-4.2 2-7.2 4.6-9.2 1 2 2.4 3.2 3.8 3.4
        C20 8.4 22 5.6 24 4c2 1.6 4 4.4 5 8.4 1.4-.2 2.8-1.4 3.8-3.4 2.6 2 4.6 5 4.6 9.2
        C37.4 25 32.2 30 24 30Z`,
      fill: '#ff4d6d',
    },
    {
      d: `M24 30c-5-.8-8.8-4.6-8.8-10 3.4.6 6.8 2.2 8.8 5
        2-2.8 5.4-4.4 8.8-5 0 5.4-3.8 9.2-8.8 10Z`,
      fill: '#d1264b',
    },
    {
      d: `M24 22.4c-3.4-1-5.2-3.6-4.6-6.6.6-2.6 2.6-4.4 4.6-5.2
        2 .8 4 2.6 4.6 5.2.6 3-1.2 5.6-4.6 6.6Z`,
      fill: '#ff8ca2',
    },
    line('M24 14.2c1.6.8 2.2 2.2 1.4 3.6-.8 1.2-2.4 1.2-3 .2', '#d1264b', 1.6),
  ],
  tea: [
    { ...steam, stroke: '#cfc6dd' },
    { d: 'M7 41c0-2 7.6-3.6 17-3.6S41 39 41 41s-7.6 3.6-17 3.6S7 43 7 41Z', fill: '#b9a6e6' },
    { d: 'M11 19h23v10.5A9.5 9.5 0 0 1 24.5 39h-4A9.5 9.5 0 0 1 11 29.5Z', fill: '#e6dcfb' },
    line('M34 22.5h2a4.6 4.6 0 0 1 0 9.2h-2.6', '#cdbdf0', 3.2),
    { d: 'M11 26h23v3.5c0 1-.2 1.8-.4 2.7H11.4A10 10 0 0 1 11 29.5Z', fill: '#ff8f5a' },
    {
      d: 'M11 19c0-2 5.2-3.4 11.5-3.4S34 17 34 19s-5.2 3.4-11.5 3.4S11 21 11 19Z',
      fill: '#cdbdf0',
    },
    {
      d: 'M13 19c0-1.3 4.3-2.2 9.5-2.2S32 17.7 32 19s-4.3 2.2-9.5 2.2S13 20.3 13 19Z',
      fill: '#b8733a',
    },
  ],
  momo: [
    { ...steam, stroke: '#cfc6dd' },
    { d: 'M5 33c0-9.4 8-17 19-17s19 7.6 19 17c0 4.6-8.4 8-19 8S5 37.6 5 33Z', fill: '#fdebcb' },
    {
      d: `M5 33c0 4.6 8.4 8 19 8s19-3.4 19-8c0-1.4-.2-2.8-.6-4-2.4
        4.6-9.6 7.2-18.4 7.2S8 33.6 5.6 29c-.4 1.2-.6 2.6-.6 4Z`,
      fill: '#eac68d',
    },
    line(
      `M24 16c-3 2.6-9 4.6-12 10M24 16c-1.6 3.4-4.6 5.6-6 11.4M24
        16v12M24 16c1.6 3.4 4.6 5.6 6 11.4M24 16c3 2.6 9 4.6 12 10`,
      '#d6a662',
      1.8,
    ),
    { d: disc(24, 15.6, 3.6), fill: '#fdebcb' },
    line('M22 15.4c.8 1.2 3 1.2 4 0', '#d6a662', 1.6),
  ],
  confetti: [
    { d: 'M5 43.5 16 17l15.5 15.5Z', fill: '#ffb547' },
    { d: 'm8.8 34.4 5.6 5.2-4.4 1.8-3-3Z', fill: '#ff6ac1' },
    { d: 'm12.6 25.2 10.6 10.8-4.2 1.8-8.2-8.4Z', fill: '#ff6ac1' },
    { d: 'M16 17c2.6-2.6 8-1 12 3s6 10 3.5 12.5-8.5.5-12.5-3.5-5.6-9.4-3-12Z', fill: '#a35c00' },
    line('M23 23c-.4-7 5-6.4 3.6-15', '#3dd6c6', 2.6),
    line('M27 25.5c3-5 8.4-3.6 9.4-10', '#5b8cff', 2.6),
    line('M27.5 29c5.6 1 6.5-4.5 14-3', '#ff4d6d', 2.6),
    {
      d: `m17 8 3.6 1-1 3.6-3.6-1ZM32 5.5l3.4-1.5 1.5 3.4-3.4
        1.5ZM40.5 33l3.5 1.2-1.2 3.5-3.5-1.2Z`,
      fill: '#ffd166',
    },
    { d: `${disc(40.5, 11, 2)}${disc(35, 38, 2)}`, fill: '#ff6ac1' },
    { d: `${disc(12, 13, 1.8)}${disc(44, 19, 1.8)}`, fill: '#3dd6c6' },
  ],
  kite: [
    line('M26.5 33c-1.5 5-8 2.5-9.5 6s-6 2.5-9 5', '#e9b76b', 2),
    { d: 'm15.6 36.4 5.4.8-3.2 4ZM8.6 40l5 1.8-3.6 3.4Z', fill: '#ff4d6d' },
    { d: 'M29 3 27.5 17.5 12 15Z', fill: '#ff6ac1' },
    { d: 'M29 3l15 17.5-16.5-3Z', fill: '#ffb547' },
    { d: 'm12 15 15.5 2.5-1 16Z', fill: '#5b8cff' },
    { d: 'm44 20.5-17.5 13 1-16Z', fill: '#3dd6c6' },
    { ...line('M29 3l-2.5 30.5M12 15l32 5.5', '#ffffff', 1.3), alpha: 0.7 },
  ],
  marigold: [
    line('M24 34c.6 4-.4 8-2 12', '#2f9e5b', 2.8),
    { d: 'M23.6 42c4.6.6 8.4-1 10.4-4.8-5-.8-8.8.8-10.4 4.8Z', fill: '#49c67d' },
    { d: petals(12, 13, 5), fill: '#f07c12' },
    { d: petals(11, 9.6, 4.8, 0.5), fill: '#ff9f1a' },
    { d: petals(8, 5.6, 4.2), fill: '#ffb938' },
    { d: petals(5, 2.4, 2.8, 0.5), fill: '#ffd76b' },
    { d: disc(24, 24, 2), fill: '#e08a00' },
  ],
  lantern: [
    { d: disc(24, 22, 20), fill: '#ffb547', alpha: 0.18 },
    { d: 'M13.5 9c0-3.4 21-3.4 21 0l5 22c0 4.6-31 4.6-31 0Z', fill: '#ff9a3d' },
    { d: 'M18 8.5h12l3.6 25H14.4Z', fill: '#ffc76b' },
    { d: 'M21 8h6l2 26h-10Z', fill: '#fff0c4' },
    {
      d: 'M13.5 9c0-2.2 4.7-3.2 10.5-3.2S34.5 6.8 34.5 9s-4.7 2.4-10.5 2.4S13.5 11.2 13.5 9Z',
      fill: '#ffdf9e',
    },
    { d: 'M13 34.5h22l-2.6 4.5H15.6Z', fill: '#8a4b12' },
    {
      d: 'M24 38c2.8 2.4 3.6 4.6 2.2 6.6-1 1.5-3.4 1.5-4.4 0-1.4-2-.6-4.2 2.2-6.6Z',
      fill: '#ff5a36',
    },
  ],
  madal: [
    line('M10 15C14 5 34 5 38 15', '#ff4d6d', 2.8),
    { d: 'M9 15.5c10-5 20-5 30 0v17c-10 5-20 5-30 0Z', fill: '#8f4a22' },
    { d: 'M9 15.5c10-5 20-5 30 0v4c-10-4.6-20-4.6-30 0Z', fill: '#b3653a' },
    line('m13.5 14.5 5.5 20 5.5-22.4 5.5 22.4 5-20', '#ffcf7a', 1.7),
    { d: 'M9 15c3 0 5.4 4 5.4 9S12 33 9 33s-5.4-4-5.4-9S6 15 9 15Z', fill: '#f6e6c9' },
    { d: 'M9 20c1.5 0 2.7 1.8 2.7 4S10.5 28 9 28s-2.7-1.8-2.7-4S7.5 20 9 20Z', fill: '#33261e' },
    { d: 'M39 15c3 0 5.4 4 5.4 9S42 33 39 33s-5.4-4-5.4-9S36 15 39 15Z', fill: '#e6cfa6' },
    { d: 'M39 20c1.5 0 2.7 1.8 2.7 4s-1.2 4-2.7 4-2.7-1.8-2.7-4 1.2-4 2.7-4Z', fill: '#33261e' },
  ],
  comet: [
    { d: 'M46 2 9.5 25a12 12 0 0 0 14 14Z', fill: '#5b8cff', alpha: 0.5 },
    { d: 'M42 6 12 26a9 9 0 0 0 10 10Z', fill: '#7fc4ff', alpha: 0.85 },
    { d: 'M37 11 14 28a6 6 0 0 0 6 6Z', fill: '#d8f1ff' },
    { d: disc(16.5, 31.5, 10), fill: '#ffc857', alpha: 0.35 },
    { d: disc(16.5, 31.5, 7.6), fill: '#ffd98a' },
    { d: disc(15.2, 30.4, 4.6), fill: '#fff6de' },
    {
      d: `m36 27 1.2 2.8L40 31l-2.8 1.2L36 35l-1.2-2.8L32 31l2.8-1.2ZM8
        9l1 2.2 2.2 1-2.2 1L8 15.4l-1-2.2-2.2-1 2.2-1Z`,
      fill: '#ffc857',
    },
    { d: disc(41, 20, 1.3), fill: '#ffc857' },
  ],
  danphe: [
    line('M21 38v6m-3 0h6m3-6.5V44m-3 0h6', '#d98a2b', 1.8),
    { d: 'M31 28c7-.6 12.4 3 15 10-8 2.4-15 0-18.5-5Z', fill: '#ff8f3d' },
    { d: 'M29 31c6 .6 10 3.6 12 9-6.5.6-12-1.6-14.5-5.5Z', fill: '#d9541e' },
    {
      d: 'M11 25c0-7 6-11 12.5-9.5C31 17.2 36 23 36 29.5S30.5 40 23.5 40 11 33.5 11 25Z',
      fill: '#2b5fd9',
    },
    { d: 'M19 24.5c8-1.6 15 2.5 17 9.5-7 4-16 1.5-19-4.5Z', fill: '#15a88c' },
    {
      ...line('M21.5 27.5c5-.4 9 1.6 11.5 5.5M21 30.5c3.5.2 6.5 1.6 8.5 4', '#7ff0d2', 1.5),
      alpha: 0.8,
    },
    {
      d: 'M10.5 14.5c3.6-4 9.5-3 11.8 1.3 2 4.2 0 10.2-4.6 14.2-5.7-2.2-9.7-9-7.2-15.5Z',
      fill: '#8a3ff0',
    },
    { d: 'M20.5 12.5c4 2.2 5.5 7 4.3 12.5-3.4-1.6-5.6-7-4.3-12.5Z', fill: '#ff9a3d' },
    line(
      'M17 8.5c-.4-3 .4-4.6 2-6M19 9c.8-2.6 2-3.8 4-4.4M20.5 10.5c1.6-2 3-2.7 5-2.6',
      '#3dd6c6',
      1.5,
    ),
    { d: `${disc(19, 2.5, 1.3)}${disc(23.4, 4.4, 1.3)}${disc(26, 7.8, 1.3)}`, fill: '#5b8cff' },
    { d: disc(15.5, 12, 6), fill: '#12966a' },
    { d: 'M10 11 4.5 13.8l5.7 1.6Z', fill: '#ffc857' },
    { d: disc(14, 11.4, 2.6), fill: '#6fd0ff' },
    { d: disc(13.8, 11.4, 1.3), fill: '#16101f' },
  ],
  crown: [
    { d: 'M5 15.5 15 24l9-14.5L33 24l10-8.5L39.5 38h-31Z', fill: '#ffc857' },
    { d: 'M24 9.5 33 24l10-8.5L39.5 38H24Z', fill: '#f0a826' },
    { d: 'M8.5 36h31v6.5h-31Z', fill: '#d9860f' },
    { d: 'M8.5 36h31v2h-31Z', fill: '#ffe2a0' },
    { d: `${disc(5, 14.5, 2.8)}${disc(24, 8, 3.4)}${disc(43, 14.5, 2.8)}`, fill: '#ffe2a0' },
    { d: 'm24 22.5 4.2 5.5-4.2 5.5-4.2-5.5Z', fill: '#ff4d6d' },
    { d: 'm24 22.5 4.2 5.5H19.8Z', fill: '#ff8ca2' },
    { d: `${disc(14.5, 30, 2.3)}${disc(33.5, 30, 2.3)}`, fill: '#3dd6c6' },
    { d: `${disc(15, 39.6, 1.5)}${disc(24, 39.6, 1.5)}${disc(33, 39.6, 1.5)}`, fill: '#fff3d1' },
  ],
  everest: [
    { d: disc(37, 12.5, 7.5), fill: '#ffb547' },
    { d: disc(37, 12.5, 10.5), fill: '#ffb547', alpha: 0.22 },
    { d: 'M17 43 33.5 18 47 43Z', fill: '#5a63b8' },
    { d: 'm33.5 18 5.6 10.4-3.6-1.4-2.5 2.6-3-2.6-2.6 1.2Z', fill: '#cfd8ff' },
    { d: 'M1 43 20 12l18.5 31Z', fill: '#7f8fe6' },
    { d: 'M1 43 20 12l-2 12 3 7-4 12Z', fill: '#98a8f5' },
    { d: 'm20 12 7.4 12.4-3.8-2-2.8 4.6-3.2-3.4-3 2.4-1.8-2Z', fill: '#e3eaff' },
    line('M20 12.5V3', '#b8c2f0', 1.6),
    { d: 'm20.5 3 8 2.8-8 3Z', fill: '#ff4d6d' },
  ],
}

/** For a gift that this page knows nothing of. */
const parcel: readonly Outline[] = [
  { d: 'M7 21h34v20a3 3 0 0 1-3 3H10a3 3 0 0 1-3-3Z', fill: '#b35cff' },
  { d: 'M4 13h40v9H4Z', fill: '#c98aff' },
  { d: 'M20 13h8v31h-8Z', fill: '#ffb547' },
  line('M24 12c-4-8-14-7-11-1 1 2 6 2 11 1 5 1 10 1 11-1 3-6-7-7-11 1Z', '#ffb547', 3),
]

export function artOf(giftId: string): readonly Outline[] {
  return Object.hasOwn(arts, giftId) ? (arts[giftId] ?? parcel) : parcel
}
