/** The lines around a flagged one, as the archive kept them; deleted ones stay deleted. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { nameColour } from '../chat/name-colours.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

/** Lines shown before and behind it. */
const around = 4
/** Other entries lie between lines, so more are read than shown. */
const readAround = 12

export function FlagContext({ streamId, seq }: { streamId: string; seq: number }) {
  const { t } = useTranslation()
  const page = useQuery({
    queryKey: ['context', streamId, seq],
    queryFn: () => odeon.streams.log(streamId, { before: seq + readAround, limit: readAround * 2 }),
  })
  const lines = (page.data?.entries ?? []).filter((entry) => entry.type === 'chat.posted')
  const at = lines.findIndex((line) => line.seq === seq)
  const shown =
    at < 0 ? lines.slice(-around) : lines.slice(Math.max(0, at - around), at + around + 1)
  if (page.isPending) return <div className="skeleton context-skeleton" />
  return (
    <section aria-label={t('triage.context')}>
      <h3 className="context-title">
        {t('triage.context')}{' '}
        <Link to="/live/$streamId/log" params={{ streamId }} className="link">
          {t('live.readLog')}
        </Link>
      </h3>
      {shown.length === 0 ? <p className="dim">{t('triage.contextNone')}</p> : null}
      <ol className="context">
        {shown.map((line) => (
          <li key={line.seq} data-flagged={line.seq === seq || undefined}>
            <span style={{ color: nameColour(line.from.id) }}>{line.from.name}</span>
            <span>{line.removed ? t('chat.removed') : line.text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
