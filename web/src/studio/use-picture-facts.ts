/** Whether the camera's picture moves, and how large it is, as the preview shows it. */
import { useCallback, useEffect, useState } from 'react'

export interface PictureFacts {
  /** Undefined until it is known. */
  isMoving: boolean | undefined
  widthPx: number
  heightPx: number
}

/** A camera that shows nothing new for so long shows nothing. */
const stillAfterMs = 3_000
const unknown: PictureFacts = { isMoving: undefined, widthPx: 0, heightPx: 0 }

/** Calls back with frames shown so far, which `see` hears; begins anew with another stream. */
export function usePictureFacts(stream: MediaStream | null) {
  const [facts, setFacts] = useState(unknown)
  const [watch, setWatch] = useState(() => new FrameWatch(Date.now()))
  useEffect(() => {
    setFacts(unknown)
    setWatch(new FrameWatch(Date.now()))
  }, [stream])
  const see = useCallback(
    (frames: number, { videoWidth: widthPx, videoHeight: heightPx }: HTMLVideoElement) => {
      const isMoving = watch.at(frames, Date.now())
      setFacts((now) => {
        const isSame = now.isMoving === isMoving && now.widthPx === widthPx
        return isSame && now.heightPx === heightPx ? now : { isMoving, widthPx, heightPx }
      })
    },
    [watch],
  )
  return { facts, see }
}

export class FrameWatch {
  #frames: number | undefined
  #movedAt: number | undefined
  readonly #since: number

  /** Unix ms at which the camera opened. */
  constructor(sinceMs: number) {
    this.#since = sinceMs
  }

  /** `frames` were shown by now; undefined while it is too early to say. */
  at(frames: number, nowMs: number): boolean | undefined {
    if (this.#frames !== undefined && frames > this.#frames) this.#movedAt = nowMs
    this.#frames = frames
    if (nowMs - (this.#movedAt ?? this.#since) > stillAfterMs) return false
    return this.#movedAt === undefined ? undefined : true
  }
}
