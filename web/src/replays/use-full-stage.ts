/** Whether the stage fills the screen; there its tools go while nobody moves. */
import { type RefObject, useEffect } from 'react'
import { useIsFull } from '../stage/use-full.ts'

const restMs = 3_000

export function useFullStage(stage: RefObject<HTMLElement | null>): boolean {
  const isFull = useIsFull()
  useEffect(() => {
    const { current } = stage
    if (!isFull || !current) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const stir = () => {
      delete current.dataset['resting']
      clearTimeout(timer)
      timer = setTimeout(() => {
        current.dataset['resting'] = ''
      }, restMs)
    }
    const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const
    for (const sign of signs) current.addEventListener(sign, stir)
    stir()
    return () => {
      clearTimeout(timer)
      delete current.dataset['resting']
      for (const sign of signs) current.removeEventListener(sign, stir)
    }
  }, [stage, isFull])
  return isFull
}
