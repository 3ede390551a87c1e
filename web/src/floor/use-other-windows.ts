/** Windows of one browser that one person has open tell each other who has the microphone. */
import { useEffect, useMemo } from 'react'
import { useLatest } from '../chat/use-latest.ts'

/** `what` names what they share; `onTold` is called when another of them has it now. */
export function useOtherWindows(what: string, onTold: () => void): { tell: () => void } {
  const latest = useLatest(onTold)
  const channel = useMemo(() => ({ current: undefined as BroadcastChannel | undefined }), [])
  useEffect(() => {
    const open = new BroadcastChannel('odeon.voice')
    channel.current = open
    open.addEventListener('message', ({ data }) => {
      if (data === what) latest.current()
    })
    return () => {
      channel.current = undefined
      open.close()
    }
  }, [channel, what, latest])
  return useMemo(() => ({ tell: () => channel.current?.postMessage(what) }), [channel, what])
}
