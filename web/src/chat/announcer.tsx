/** Mentions are read out as they come; the rest only when asked for. */
import { useEffect, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'

const readLines = 5

export function Announcer({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<readonly string[]>([])
  const held = asked.flatMap((id) => feed.log.find(id) ?? [])
  const text = held
    .filter((line) => !line.removed)
    .map((line) => t('chat.said', { name: line.from.name, text: line.text }))
    .join('. ')

  const ask = () => {
    const said = feed.log.lines.filter((line) => line.kind === 'said' && !line.removed)
    setAsked(said.slice(-readLines).map(({ key }) => key))
  }
  // What was read out once stays no longer in the page than the reading takes.
  useEffect(() => {
    if (asked.length === 0) return
    const timer = setTimeout(() => setAsked([]), 30_000)
    return () => clearTimeout(timer)
  }, [asked])

  const { mention } = feed
  return (
    <>
      <button type="button" className="chat-announce" onClick={ask}>
        {t('chat.announce')}
      </button>
      <p className="unseen" aria-live="polite">
        {text}
      </p>
      <p className="unseen" aria-live="polite">
        {mention ? t('chat.mention', { name: mention.from.name, text: mention.text }) : ''}
      </p>
    </>
  )
}
