/** A film, in step with the replay where there is one; the bar beside it plays it. */
import type { Film, LiveReplay } from '@odeon/sdk'
import { RefreshCw } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { Mark } from '../frame/mark.tsx'
import { PlayerTools } from '../stage/player-tools.tsx'
import { useSound } from '../stage/use-sound.ts'
import { useTranslation } from '../text/use-translation.ts'
import { keepInStep } from './in-step.ts'
import { Projector } from './projector.ts'

interface FilmPlayerProps {
  film: Film
  /** What it is of. */
  title: string
  replay?: LiveReplay | undefined
  /** What fills the screen. */
  stage: RefObject<HTMLElement | null>
  /** It was pressed: play, or rest. */
  onToggle: () => void
  /** What plays it, for a bar of its own. */
  onMade?: (projector: Projector) => void
  /** The same film with a link that is good; rejects when there is none to be had. */
  onRenew: (id: string) => Promise<Film | undefined>
}

type Showing = 'coming' | 'shown' | 'failed'

/** When a link fails so soon after it was made, it is not the link. */
const renewedMs = 10_000

export function FilmPlayer(props: FilmPlayerProps) {
  const { film, title, replay, stage, onToggle, onMade } = props
  const { t } = useTranslation()
  const { startedAt, isSound } = film
  const host = useRef<HTMLDivElement>(null)
  const { projector, showing, tryAgain } = useProjector(props, host, t('films.of', { title }))
  const isFailed = showing === 'failed'
  const isStalled = useIsStalled(projector)
  usePressed(host, onToggle)
  useEffect(() => {
    if (projector) onMade?.(projector)
  }, [projector, onMade])
  useEffect(() => {
    if (!projector || !replay) return
    if (isFailed) return replay.pause()
    return keepInStep(projector, replay, startedAt - replay.startedAt)
  }, [projector, replay, startedAt, isFailed])
  return (
    <div className="film" data-showing={showing} data-sound={isSound || undefined}>
      <div className="film-screen" ref={host} />
      {(showing === 'coming' && !isSound) || (isStalled && !isFailed) ? (
        <p className="film-words" role="status">
          <Mark size={36} waiting />
          <span className="unseen">{t('films.coming')}</span>
        </p>
      ) : null}
      {isFailed ? (
        <div className="film-words film-failed" role="alert">
          <p>{t('films.playFailed')}</p>
          <button type="button" className="button button-primary" onClick={tryAgain}>
            <RefreshCw size={17} aria-hidden="true" />
            {t('replay.tryAgain')}
          </button>
        </div>
      ) : null}
      {projector && !isFailed ? <FilmSound projector={projector} stage={stage} /> : null}
    </div>
  )
}

function FilmSound({
  projector,
  stage,
}: {
  projector: Projector
  stage: FilmPlayerProps['stage']
}) {
  const { sound, change } = useSound(projector)
  const picture = projector.picture && (() => projector.picture)
  return <PlayerTools sound={sound} onSound={change} stage={stage} picture={picture} />
}

/** For mice and fingers: keys have the bar's button for it. */
function usePressed(host: RefObject<HTMLElement | null>, press: () => void): void {
  useEffect(() => {
    const { current } = host
    current?.addEventListener('click', press)
    return () => current?.removeEventListener('click', press)
  }, [host, press])
}

/** It plays, and has to wait for what comes next. */
function useIsStalled(projector: Projector | undefined): boolean {
  const [isStalled, setStalled] = useState(false)
  useEffect(() => {
    const goesOn = () => setStalled(false)
    goesOn()
    return projector?.listen({
      stalled: () => setStalled(true),
      goesOn,
      rested: goesOn,
      failed: goesOn,
    })
  }, [projector])
  return isStalled
}

function useProjector(
  { film: { id, isSound, link }, onRenew }: FilmPlayerProps,
  host: React.RefObject<HTMLDivElement | null>,
  label: string,
) {
  const [projector, setProjector] = useState<Projector>()
  const [showing, show] = useState<Showing>('coming')
  const renewedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (!host.current) return
    const made = new Projector({ host: host.current, label, isSound })
    setProjector(made)
    show('coming')
    return () => made.close()
  }, [host, id, isSound, label])

  const renew = useCallback(() => {
    renewedAt.current = performance.now()
    onRenew(id).then(
      (renewed) => renewed?.link && projector?.use(renewed.link.play),
      () => show('failed'),
    )
  }, [projector, id, onRenew])
  useEffect(
    () =>
      projector?.listen({
        shown: () => show('shown'),
        failed: () => {
          if (performance.now() - renewedAt.current < renewedMs) show('failed')
          else renew()
        },
      }),
    [projector, renew],
  )
  useEffect(() => {
    if (projector && link) void projector.use(link.play)
  }, [projector, link])
  const tryAgain = () => {
    show('coming')
    renew()
  }
  return { projector, showing, tryAgain }
}
