/** The host's desk: prepare a room, run it, read what it came to, and find the ones before. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Me, Stream } from '@odeon/sdk'
import { useState } from 'react'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { AccountDoors, GoLiveForm } from '../live/go-live-page.tsx'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { PastStreams } from './past-streams.tsx'
import { StudioDesk } from './studio-desk.tsx'
import { StudioSkeleton } from './studio-skeleton.tsx'

const streamsMax = 20
const retryMs = 5_000
/** Instead of a stream: an empty desk. */
const next = 'next'

export function StudioPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('studio.title'))
  if (isStarting) return <StudioSkeleton />
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('studio.signInTitle')} text={t('studio.signInText')}>
        <AccountDoors />
      </StatePage>
    )
  }
  return <Studio key={me.id} me={me} />
}

function useOwnStreams(handle: string) {
  return useQuery({
    queryKey: ['studio', handle],
    queryFn: () => odeon.streams.list({ channel: handle, limit: streamsMax }),
    refetchInterval: ({ state }) => (state.data ? false : retryMs),
  })
}

function Studio({ me }: { me: Me }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const handle = me.username ?? ''
  const streams = useOwnStreams(handle)
  // The desk stays with its stream past the end, until the host prepares the next one.
  const [chosen, setChosen] = useState<string>()
  const again = () => queries.invalidateQueries({ queryKey: ['studio', handle] })

  if (!streams.data) {
    if (!streams.isError) return <StudioSkeleton />
    return <StatePage title={t('studio.failedTitle')} text={t('studio.failedText')} waiting />
  }
  const open = chosen === next ? undefined : (chosen ?? current(streams.data)?.id)
  const ended = streams.data.filter(({ phase, id }) => phase === 'ended' && id !== open)
  const past = <PastStreams streams={ended} />
  if (!open) {
    return (
      <div className="page">
        <h1>{t('studio.title')}</h1>
        <p className="dim page-lead">{t('studio.lead')}</p>
        <GoLiveForm
          me={me}
          onOpened={({ id }) => {
            setChosen(id)
            void again()
          }}
        />
        {past}
      </div>
    )
  }
  return (
    <StudioDesk
      key={open}
      streamId={open}
      onKeep={setChosen}
      onNext={() => {
        setChosen(next)
        void again()
      }}
    >
      {past}
    </StudioDesk>
  )
}

/** What is live comes before what waits. Rooms of voices are run from their own page. */
function current(streams: readonly Stream[]): Stream | undefined {
  const mine = streams.filter(({ medium }) => medium === 'video')
  return mine.find(({ phase }) => phase === 'live') ?? mine.find(({ phase }) => phase !== 'ended')
}
