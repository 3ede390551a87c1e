/** A film and a replay in step: whatever is done to one of them, the other one does. */
import type { LiveReplay } from '@odeon/sdk'
import type { Projector } from './projector.ts'

/** While somebody moves along the film, the replay goes there once the hand rests for so long. */
const restMs = 140
/** The replay moves in steps; nearer is the same place. */
const apartMs = 500
const speeds = { min: 0.25, max: 4 } as const

/** `leadMs`: how long after the replay's start the film's first picture is. The result ends it. */
export function keepInStep(projector: Projector, replay: LiveReplay, leadMs: number): () => void {
  let moving: ReturnType<typeof setTimeout> | undefined
  const shouldBe = () => Math.max(0, replay.position - leadMs) / 1_000
  const isAt = () => leadMs + projector.time * 1_000

  const seek = (ms: number) => {
    // What cannot be had leaves the replay where it was, and the film with it.
    replay.seek(ms).catch(() => {
      projector.time = shouldBe()
    })
  }
  const obey = () => {
    if (projector.pace !== replay.speed) projector.pace = replay.speed
    if (replay.status !== 'playing') return projector.pause()
    // There is nothing to be seen before its first picture.
    if (replay.position < leadMs) return seek(leadMs)
    if (projector.isPlaying || projector.isAtEnd) return
    void projector.play().then((isLet) => {
      if (!isLet) replay.pause()
    })
  }
  replay.follow(() => {
    if (projector.isAtEnd) return undefined
    return moving === undefined ? isAt() : replay.position
  })
  const ends = [
    projector.listen({
      played() {
        if (!projector.isPlaying) return
        if (replay.position < leadMs) seek(leadMs)
        if (replay.status !== 'playing') replay.play()
      },
      rested() {
        if (!projector.isPlaying && !projector.isAtEnd && replay.status === 'playing')
          replay.pause()
      },
      moved() {
        clearTimeout(moving)
        moving = undefined
        if (Math.abs(isAt() - replay.position) < apartMs) return
        moving = setTimeout(() => {
          moving = undefined
          seek(isAt())
        }, restMs)
      },
      paced() {
        const speed = Math.min(speeds.max, Math.max(speeds.min, projector.pace))
        if (speed !== replay.speed) replay.speed = speed
      },
    }),
    replay.onStatus(obey),
    replay.on('seeked', () => {
      clearTimeout(moving)
      moving = undefined
      projector.time = shouldBe()
    }),
  ]
  projector.time = shouldBe()
  obey()
  return () => {
    clearTimeout(moving)
    replay.follow(undefined)
    for (const end of ends) end()
  }
}
