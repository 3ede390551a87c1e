/** For listeners that outlive a render: what they read is what was drawn last. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}

/** Keys pressed anywhere inside an element that is no control itself. */
export function useKeysIn(
  inside: RefObject<HTMLElement | null>,
  onKey: (event: KeyboardEvent) => void,
): void {
  const call = useLatest(onKey)
  useEffect(() => {
    const element = inside.current
    if (!element) return
    const listen = (event: KeyboardEvent) => call.current(event)
    element.addEventListener('keydown', listen)
    return () => element.removeEventListener('keydown', listen)
  }, [inside, call])
}
