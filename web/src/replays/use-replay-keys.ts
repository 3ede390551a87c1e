/** Playing by keys: K and space, J and L, the arrows; never while somebody writes or chooses. */
import { useEffect } from 'react'
import { mayAct } from '../frame/letter-keys.ts'
import type { Playable } from './playable.ts'

const written = 'input:not([type="range"]), textarea, select, [contenteditable], [role="dialog"]'
const pressed = 'button, a, summary'

const leaps: Readonly<Record<string, number>> = {
  j: -10_000,
  l: 10_000,
  ArrowLeft: -5_000,
  ArrowRight: 5_000,
}

export function useReplayKeys(
  replay: Playable | undefined,
  toggle: () => void,
  seek: (ms: number) => void,
): void {
  useEffect(() => {
    if (!replay) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (!mayAct(event)) return
      const isIn = (what: string) => event.target instanceof Element && event.target.closest(what)
      if (isIn(written)) return
      const { key } = event
      // A button has this key for itself.
      if (key === ' ' && isIn(pressed)) return
      const leap = leaps[key.length === 1 ? key.toLowerCase() : key]
      if (leap !== undefined) seek(replay.position + leap)
      else if (key === ' ' || key.toLowerCase() === 'k') toggle()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [replay, toggle, seek])
}
