/** The queue as somebody works through it: decided at once here, taken back when refused. */
import { useQueryClient } from '@tanstack/react-query'
import type { Flag } from '@odeon/sdk'
import { useEffect, useReducer, useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { Filters } from './address-filters.ts'
import { queueQuery } from './queue-filters.ts'
import { type Measure, noTriage, triage } from './triage.ts'
import { usePages } from './use-pages.ts'

const refetchMs = 15_000
const saidForMs = 8_000

export type Triage = ReturnType<typeof useTriage>

export function useTriage(filters: Filters) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const query = queueQuery(filters)
  const [pending, setPending] = useState<number>()
  const pages = usePages<Flag>({
    key: ['queue', query],
    read: async (before) => {
      const page = await odeon.moderation.queue({ ...query, ...(before ? { before } : {}) })
      setPending(page.pending)
      return { items: page.flags, more: page.more }
    },
    refetchMs,
  })
  const [state, step] = useReducer(triage, noTriage)
  const [said, say] = useSaid()
  const flags = pages.items?.filter(({ id }) => !state.hidden.includes(id))
  const ids = flags?.map(({ id }) => id) ?? []
  const chosen = flags?.find(({ id }) => id === state.chosen) ?? flags?.[0]
  const again = () => queries.invalidateQueries({ queryKey: ['queue'] })

  return {
    flags,
    chosen,
    pending,
    said,
    error: pages.error,
    hasMore: pages.hasNextPage,
    readMore: () => void pages.fetchNextPage(),
    choose: (id: string) => step({ kind: 'choose', id }),
    move: (by: 1 | -1) => {
      // What is shown as chosen without having been chosen is where moving begins.
      if (state.chosen === undefined && chosen) step({ kind: 'choose', id: chosen.id })
      step({ kind: 'move', by, ids })
    },
    async decide(flag: Flag, measure: Measure, note?: string) {
      step({ kind: 'choose', id: flag.id })
      step({ kind: 'decide', id: flag.id, ids })
      try {
        await odeon.moderation.decide(flag.id, {
          status: 'resolved',
          action: measure,
          ...(note ? { note } : {}),
        })
        step({ kind: 'confirmed', id: flag.id })
        const name = flag.subject?.name ?? t('house.somebody')
        say({ text: t(`triage.done.${measure}`, { name }), isBad: false })
        await again()
      } catch (error) {
        step({ kind: 'failed', id: flag.id })
        say({ text: t('triage.failed', { why: errorText(t, error) }), isBad: true })
      }
    },
    async undo() {
      const id = state.decided.at(-1)
      if (id === undefined) return say({ text: t('triage.nothingToUndo'), isBad: true })
      try {
        await odeon.moderation.reopen(id)
        step({ kind: 'undone', id })
        say({ text: t('triage.undone'), isBad: false })
        await again()
      } catch (error) {
        say({ text: t('triage.failed', { why: errorText(t, error) }), isBad: true })
      }
    },
  }
}

interface Said {
  text: string
  isBad: boolean
}

function useSaid(): [Said | undefined, (said: Said) => void] {
  const [said, setSaid] = useState<Said>()
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), saidForMs)
    return () => clearTimeout(timer)
  }, [said])
  return [said, setSaid]
}
