/** The recording of a stream for as long as its page is shown. */
import { type LiveReplay, Refusal } from '@odeon/sdk'
import { useCallback, useEffect, useState } from 'react'
import { odeon } from '../session/odeon.ts'

export type OpenedReplay =
  | { status: 'opening' }
  | { status: 'open'; replay: LiveReplay }
  /** There is none to be played, for a reason that has a name. */
  | { status: 'none'; code: string }
  | { status: 'away'; error: unknown }

const retryMs = 3_000

export function useOpenedReplay(streamId: string, at: number) {
  const [opened, show] = useState<OpenedReplay>({ status: 'opening' })
  const [tries, setTries] = useState(0)
  const [begin] = useState(at)
  useEffect(() => {
    let isGone = false
    let replay: LiveReplay | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    odeon.replays.open(streamId, { at: begin }).then(
      (made) => {
        replay = made
        if (isGone) return made.close()
        show({ status: 'open', replay: made })
        made.onStatus(() => {
          const { goneBecause: code } = made
          if (code !== undefined) show({ status: 'none', code })
        })
      },
      (error: unknown) => {
        if (isGone) return
        const code = error instanceof Refusal ? error.code : undefined
        show(code === undefined ? { status: 'away', error } : { status: 'none', code })
        // The end is written a moment after it happened.
        if (code === 'still_recording') again = setTimeout(() => setTries((n) => n + 1), retryMs)
      },
    )
    return () => {
      isGone = true
      clearTimeout(again)
      replay?.close()
    }
  }, [streamId, begin, tries])
  const retry = useCallback(() => {
    show({ status: 'opening' })
    setTries((count) => count + 1)
  }, [])
  return { opened, retry }
}
