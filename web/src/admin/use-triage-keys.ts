/** The queue by keyboard: nowhere else than in the page itself, never while somebody writes. */
import type { Me } from '@odeon/sdk'
import { useEffect, useRef } from 'react'
import { mayAct } from '../frame/letter-keys.ts'
import { measureOfKey, measuresFor } from './triage.ts'
import type { Triage } from './use-triage.ts'

const written = 'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]'

export function useTriageKeys(desk: Triage, role: Me['platformRole'], onHelp: () => void): void {
  const latest = useRef({ desk, role, onHelp })
  useEffect(() => {
    latest.current = { desk, role, onHelp }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { desk, role, onHelp } = latest.current
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (!mayAct(event)) return
      if (event.target instanceof Element && event.target.closest(written)) return
      const key = event.key.toLowerCase()
      const measure = measureOfKey(key)
      const flag = desk.chosen
      if (key === 'j') desk.move(1)
      else if (key === 'k') desk.move(-1)
      else if (key === 'u') void desk.undo()
      else if (key === '?') onHelp()
      else if (measure && flag?.status === 'pending' && measuresFor(flag, role).includes(measure))
        void desk.decide(flag, measure)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
