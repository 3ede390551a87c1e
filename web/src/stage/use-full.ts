/** The whole screen for a part of the page; where only pictures may have it, for the picture. */
import { useEffect, useState } from 'react'

/** On phones of one make a picture alone fills the screen, with controls of the system's own. */
type Fillable = HTMLVideoElement & { webkitEnterFullscreen?: () => void }

export const mayFill = (picture: Fillable | null | undefined): boolean =>
  document.fullscreenEnabled || picture?.webkitEnterFullscreen !== undefined

export async function toggleFull(
  part: HTMLElement | null,
  picture: Fillable | null | undefined,
): Promise<void> {
  if (document.fullscreenElement) return await document.exitFullscreen()
  if (document.fullscreenEnabled) return await part?.requestFullscreen()
  picture?.webkitEnterFullscreen?.()
}

export function useIsFull(): boolean {
  const [isFull, setFull] = useState(document.fullscreenElement !== null)
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  return isFull
}
