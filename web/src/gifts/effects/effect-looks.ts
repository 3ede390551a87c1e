/** What each gift throws into the air: its colours, its shapes, and how a large one moves. */
import type { GiftEffect } from '@odeon/rooms/protocol'

export const shapes = ['dot', 'star', 'petal', 'paper', 'flake', 'feather'] as const
export type Shape = (typeof shapes)[number]

/** Rises from below, crosses the stage, or beats in its middle. */
export type Way = 'rise' | 'cross' | 'beat'

export interface Look {
  colours: readonly number[]
  shapes: readonly Shape[]
  way: Way
}

const party = [0xff4d6d, 0xffb547, 0x3dd6c6, 0x5b8cff, 0xff6ac1, 0xffe08a] as const
const gold = [0xffc857, 0xffe6a8, 0xff9f1a, 0xfff6de] as const

const looks: Readonly<Record<string, Look>> = {
  rose: { colours: [0xff4d6d, 0xff8ca2, 0xd1264b, 0xffc2cf], shapes: ['petal'], way: 'rise' },
  tea: { colours: [0xffe3c4, 0xcfc6dd, 0xff8f5a], shapes: ['dot'], way: 'rise' },
  momo: { colours: [0xfdebcb, 0xcfc6dd, 0xffd9a0], shapes: ['dot', 'star'], way: 'rise' },
  confetti: { colours: party, shapes: ['paper'], way: 'beat' },
  kite: {
    colours: [0x5b8cff, 0x3dd6c6, 0xff6ac1, 0xffb547],
    shapes: ['paper', 'star'],
    way: 'cross',
  },
  marigold: { colours: [0xf07c12, 0xff9f1a, 0xffd76b], shapes: ['petal'], way: 'beat' },
  lantern: { colours: [0xffb547, 0xff8a3d, 0xffe2a6], shapes: ['dot'], way: 'rise' },
  madal: { colours: [0xffcf7a, 0xff4d6d, 0xfff0cc], shapes: ['star', 'dot'], way: 'beat' },
  comet: {
    colours: [0x8fd0ff, 0xffffff, 0xffd98a, 0x5b8cff],
    shapes: ['star', 'dot'],
    way: 'cross',
  },
  danphe: {
    colours: [0x15a88c, 0x2b5fd9, 0xff9a3d, 0x8a3ff0, 0x7ff0d2],
    shapes: ['feather', 'star'],
    way: 'cross',
  },
  crown: { colours: gold, shapes: ['star', 'dot'], way: 'rise' },
  everest: { colours: [0xffffff, 0xcfd8ff, 0x9fc0ff], shapes: ['flake', 'star'], way: 'rise' },
}

const plain: Readonly<Record<GiftEffect, Look>> = {
  tap: { colours: gold, shapes: ['dot'], way: 'rise' },
  burst: { colours: party, shapes: ['paper', 'dot'], way: 'beat' },
  banner: { colours: party, shapes: ['star', 'dot'], way: 'cross' },
  stage: { colours: [...gold, ...party], shapes: ['star', 'paper'], way: 'rise' },
}

export function lookOf({ giftId, effect }: { giftId: string; effect: GiftEffect }): Look {
  return Object.hasOwn(looks, giftId) ? (looks[giftId] ?? plain[effect]) : plain[effect]
}
