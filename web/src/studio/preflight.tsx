/** What is looked at before going live, and whether anything stands in the way. */
import type { LiveConnection } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { categories } from '../frame/chip.tsx'
import { useConnection } from '../live/use-connection.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { type Check, type MediaFacts, mediaChecks } from './media-checks.ts'

const measureEveryMs = 10_000
const slowFromMs = 400

const icons = { good: CircleCheck, warn: CircleAlert, bad: CircleX, wait: CircleAlert }

/** Checks in the order in which they are shown; going live waits for those that are in the way. */
export function usePreflight(
  room: LiveConnection,
  media: MediaFacts,
): { checks: Check[]; isHeld: boolean } {
  const { t } = useTranslation()
  const { status } = useConnection(room)
  const title = useRoomState(room, (state) => state.title)
  const category = useRoomState(room, (state) => state.category)
  const answer = useAnswerTime(room.streamId)
  const known = categories.find((name) => name === category)
  const checks: Check[] = [
    ...mediaChecks(t, media),
    connectionCheck(t, answer),
    {
      name: t('studio.checks.room'),
      grade: status === 'live' ? 'good' : 'bad',
      text: status === 'live' ? t('studio.checks.roomGood') : t('studio.checks.roomAway'),
    },
    {
      name: t('studio.checks.titleCheck'),
      grade: title ? 'good' : 'bad',
      text: title ? t('studio.checks.titleGood') : t('studio.checks.titleEmpty'),
    },
    {
      name: t('studio.checks.category'),
      grade: category ? 'good' : 'warn',
      text: category
        ? t('studio.checks.categoryGood', { name: known ? t(`categories.${known}`) : category })
        : t('studio.checks.categoryNone'),
    },
  ]
  // Whoever is just being asked for a camera does not mean to go without.
  const isAsking = [media.camera, media.microphone].some(({ status: is }) => is === 'asking')
  return { checks, isHeld: isAsking || checks.some(({ grade }) => grade === 'bad') }
}

/** How long the server takes for an answer: measured on the way a host's own requests take. */
function useAnswerTime(streamId: string) {
  const { data, isError } = useQuery({
    queryKey: ['studio', 'answer', streamId],
    queryFn: async () => {
      const askedAt = performance.now()
      await odeon.streams.get(streamId)
      return Math.round(performance.now() - askedAt)
    },
    refetchInterval: measureEveryMs,
    retry: false,
    gcTime: 0,
  })
  return { ms: data, isError }
}

function connectionCheck(
  t: TFunction,
  answer: { ms: number | undefined; isError: boolean },
): Check {
  const name = t('studio.checks.connection')
  if (answer.isError) return { name, grade: 'bad', text: t('studio.checks.connectionAway') }
  const { ms } = answer
  if (ms === undefined) return { name, grade: 'wait', text: t('studio.checks.connectionWait') }
  if (ms >= slowFromMs)
    return { name, grade: 'warn', text: t('studio.checks.connectionSlow', { ms }) }
  return { name, grade: 'good', text: t('studio.checks.connectionGood', { ms }) }
}

export function Preflight({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="preflight" className="desk-panel">
      <h2 id="preflight">{t('studio.checks.title')}</h2>
      <ul className="checks figures">
        {checks.map(({ name, grade, text }) => {
          const Icon = icons[grade]
          return (
            <li key={name} data-grade={grade}>
              <Icon size={20} aria-hidden="true" />
              <p>
                <strong>{name}</strong>
                <span className="unseen">
                  {grade === 'wait' ? '' : `${t(`studio.checks.${grade}`)}. `}
                </span>
                <span>{text}</span>
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
