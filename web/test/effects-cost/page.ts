/** In the page that is measured: frames by hand, so that only what they compute takes time. */
import { TugCanvas } from '../../src/battles/tug/tug-canvas.ts'
import type { Showing } from '../../src/gifts/effects/effect-queue.ts'
import { EffectStage } from '../../src/gifts/effects/effect-stage.ts'

/** What each frame of a run computed, ms: moving everything, and saying to WebGL what to draw. */
export interface Measured {
  frames: number[]
}

const frameMs = 1_000 / 60
const realNow = performance.now.bind(performance)
let now = 0
let asked: FrameRequestCallback | undefined
performance.now = () => now
globalThis.requestAnimationFrame = (call) => {
  asked = call
  return 1
}

const pause = () => new Promise((resolve) => setTimeout(resolve))

async function run(framesMax: number): Promise<Measured> {
  const frames: number[] = []
  while (asked !== undefined && frames.length < framesMax) {
    const call = asked
    asked = undefined
    now += frameMs
    const before = realNow()
    call(now)
    frames.push(realNow() - before)
    // What was said is drawn meanwhile: here by the processor, elsewhere by the graphics card.
    await pause()
  }
  return { frames }
}

function host(width: number, height: number): HTMLElement {
  const box = document.createElement('div')
  Object.assign(box.style, { position: 'relative', width: `${width}px`, height: `${height}px` })
  document.body.replaceChildren(box)
  return box
}

async function gifts(shown: readonly Showing[], framesMax: number): Promise<Measured> {
  const box = host(1_064, 640)
  const stage = await EffectStage.open(box, () => undefined)
  stage.resize(box.clientWidth, box.clientHeight, { top: 0, bottom: 1 })
  for (const gift of shown) stage.play(gift)
  const measured = await run(framesMax)
  stage.close()
  return measured
}

async function tug(framesMax: number): Promise<Measured> {
  const box = host(1_064, 100)
  const bar = await TugCanvas.open(box, () => undefined)
  bar.resize(box.clientWidth, box.clientHeight)
  const sides = { colour: 0x5b8cff, isBoosted: true }
  for (let points = 1; points < 20; points++) {
    bar.pull([
      { ...sides, points: points * 100, share: 0.5 + points / 60 },
      { colour: 0xff6ac1, isBoosted: false, points: points * 90, share: 0.5 - points / 60 },
    ])
  }
  const measured = await run(framesMax)
  bar.close()
  return measured
}

export const effects = { gifts, tug }
Object.assign(globalThis, { effects })
