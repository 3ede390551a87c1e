/** `m` mutes and unmutes; while the space bar is held you talk. Fields and buttons keep theirs. */
import { useEffect } from 'react'
import { mayAct } from '../frame/letter-keys.ts'
import { useLatest } from '../chat/use-latest.ts'
import type { Voice } from './use-voice.ts'

const fields = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'
/** Space presses them. */
const pressed = `${fields}, button, a, summary, [role="switch"], [role="log"]`

function isWithin(event: KeyboardEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null
}

export function useFloorKeys(voice: Voice | undefined): void {
  const latest = useLatest(voice)
  useEffect(() => {
    let isHeld = false
    const onDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
        // A page that scrolls while somebody talks is no page to talk on.
        if (isHeld && event.code === 'Space') event.preventDefault()
        return
      }
      const isMute = event.key.toLowerCase() === 'm' && mayAct(event)
      if (isMute && !isWithin(event, fields)) latest.current?.toggle()
      const { isSeated, isOpen } = latest.current ?? {}
      if (event.code === 'Space' && isSeated && !isOpen && !isWithin(event, pressed)) {
        event.preventDefault()
        isHeld = true
        latest.current?.talk(true)
      }
    }
    const letGo = () => {
      if (!isHeld) return
      isHeld = false
      latest.current?.talk(false)
    }
    const onUp = (event: KeyboardEvent) => {
      if (event.code === 'Space') letGo()
    }
    document.addEventListener('keydown', onDown)
    document.addEventListener('keyup', onUp)
    // The key is let go elsewhere: nobody shall be heard without knowing.
    window.addEventListener('blur', letGo)
    return () => {
      document.removeEventListener('keydown', onDown)
      document.removeEventListener('keyup', onUp)
      window.removeEventListener('blur', letGo)
    }
  }, [latest])
}
