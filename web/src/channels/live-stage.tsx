/** What is on a channel's stage right now. */
import { useQuery } from '@tanstack/react-query'
import { useNow } from '../frame/use-now.ts'
import { cardOf } from '../home/live-card.ts'
import { StreamHero } from '../home/stream-hero.tsx'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

/** Figures of a stage that somebody looks at. */
const refetchMs = 10_000

export function LiveStage({ streamId }: { streamId: string }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const { data: stream } = useQuery({
    queryKey: ['stream', streamId],
    queryFn: () => odeon.streams.get(streamId),
    refetchInterval: refetchMs,
  })
  return (
    <section className="channel-live" aria-label={t('channel.enter')}>
      {stream ? (
        <StreamHero card={cardOf(stream)} now={now} />
      ) : (
        <div className="skeleton hero-skeleton" />
      )}
    </section>
  )
}
