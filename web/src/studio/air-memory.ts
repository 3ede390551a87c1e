/** What this tab was sending, so that a page that is loaded again goes on with it. */
const key = 'odeon.on-air'

export interface AirRecord {
  camera: boolean
  microphone: boolean
}

export const airMemory = {
  keep(streamId: string, { camera, microphone }: AirRecord): void {
    sessionStorage.setItem(key, JSON.stringify({ streamId, camera, microphone }))
  },

  /** Undefined unless it was this stream, in this tab. */
  read(streamId: string): AirRecord | undefined {
    return airRecordOf(sessionStorage.getItem(key), streamId)
  },

  forget(): void {
    sessionStorage.removeItem(key)
  },
}

/** Whatever stands there, by whomever it was written. */
export function airRecordOf(kept: string | null, streamId: string): AirRecord | undefined {
  let record: unknown
  try {
    record = JSON.parse(kept ?? 'null')
  } catch {
    return undefined
  }
  if (typeof record !== 'object' || record === null) return undefined
  const { streamId: of, camera, microphone } = record as Record<string, unknown>
  if (of !== streamId) return undefined
  return { camera: camera === true, microphone: microphone === true }
}
