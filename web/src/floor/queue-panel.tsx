/**
 * Hands that are up, in order, the same for everybody. The crew invites, takes back and lowers;
 * whoever leads opens the seats.
 */
import type { FloorHand } from '@odeon/sdk'
import { Hand, X } from 'lucide-react'
import { useState } from 'react'
import { Switch } from 'react-aria-components'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { TurnsField } from './turns-field.tsx'
import type { FloorView } from './use-floor.ts'

/** The others are counted; the own hand is shown wherever it stands. */
const shownMax = 20

export function QueuePanel({ view }: { view: FloorView }) {
  const { t } = useTranslation()
  const { floor, state, you, isCrew, role } = view
  const { hands } = floor
  const places = hands.map((hand, index) => ({ hand, place: index + 1 }))
  const shown = places.filter(({ hand, place }) => place <= shownMax || hand.id === you.id)
  const rest = hands.length - shown.length
  return (
    <div className="hands">
      <h2>
        {hands.length > 0 ? t('floor.queueCount', { count: hands.length }) : t('floor.queue')}
      </h2>
      {state.isOpen ? <p className="hands-note">{t('floor.queueOpen')}</p> : null}
      {hands.length === 0 ? (
        <p className="hands-empty">
          <Hand size={18} aria-hidden="true" />
          {t('floor.queueEmpty')}
        </p>
      ) : (
        <ol className="hands-hands">
          {shown.map(({ hand, place }) => (
            <HandRow key={hand.id} hand={hand} place={place} view={view} />
          ))}
        </ol>
      )}
      {rest > 0 ? <p className="dim">{t('floor.more', { count: rest })}</p> : null}
      {isCrew && hands.length > 1 ? <LowerAll view={view} count={hands.length} /> : null}
      {isCrew ? (
        <TurnsField
          room={view.room}
          onChoose={(seconds) =>
            view.ask(() => floor.giveTurns(seconds), {
              text: t(seconds > 0 ? 'floor.done.turns' : 'floor.done.noTurns'),
            })
          }
        />
      ) : null}
      {role === 'host' ? <OpenSeats view={view} /> : null}
    </div>
  )
}

function HandRow({ hand, place, view }: { hand: FloorHand; place: number; view: FloorView }) {
  const { t } = useTranslation()
  const { you, isCrew } = view
  const { id, name } = hand
  return (
    <li className="hands-hand" data-you={id === you.id || undefined}>
      <span className="queue-place figures">{place}</span>
      <Avatar id={id} name={name} size={32} />
      <span className="hands-name">{id === you.id ? t('floor.you') : name}</span>
      {isCrew ? <HandActs hand={hand} view={view} /> : null}
    </li>
  )
}

function HandActs({ hand: { id, name }, view }: { hand: FloorHand; view: FloorView }) {
  const { t } = useTranslation()
  const { floor, state, ask } = view
  const isInvited = state.invitations.has(id)
  const invited = {
    text: t('floor.done.invited', { name }),
    undo: () => floor.decline({ userId: id }),
  }
  return (
    <>
      {isInvited ? (
        <button
          type="button"
          className="button button-plain hands-act"
          aria-label={t('floor.takeBackName', { name })}
          onClick={() => ask(() => floor.decline({ userId: id }))}
        >
          {t('floor.takeBack')}
        </button>
      ) : (
        <button
          type="button"
          className="button button-primary hands-act"
          aria-label={t('floor.inviteName', { name })}
          onClick={() => ask(() => floor.invite(id), invited)}
        >
          {t('floor.invite')}
        </button>
      )}
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={t('floor.lowerName', { name })}
        title={t('floor.lowerName', { name })}
        onClick={() =>
          ask(() => floor.lowerHand({ userId: id }), { text: t('floor.done.lowered', { name }) })
        }
      >
        <X size={16} aria-hidden="true" />
      </button>
    </>
  )
}

/** Places in a queue cannot be given back, so it is asked first. */
function LowerAll({ view, count }: { view: FloorView; count: number }) {
  const { floor, ask } = view
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  if (!isAsked) {
    return (
      <button type="button" className="button button-plain" onClick={() => setAsked(true)}>
        {t('floor.lowerAll')}
      </button>
    )
  }
  return (
    <div className="hands-ask" role="group" aria-label={t('floor.lowerAllAsk', { count })}>
      <p>{t('floor.lowerAllAsk', { count })}</p>
      <button
        type="button"
        className="button button-plain"
        autoFocus
        onClick={() => setAsked(false)}
      >
        {t('floor.keep')}
      </button>
      <button
        type="button"
        className="button button-live"
        onClick={() => {
          setAsked(false)
          ask(() => floor.lowerAll(), { text: t('floor.done.cleared') })
        }}
      >
        {t('floor.lowerAllYes')}
      </button>
    </div>
  )
}

function OpenSeats({ view: { floor, state, ask } }: { view: FloorView }) {
  const { t } = useTranslation()
  return (
    <Switch
      className="mode-toggle"
      isSelected={state.isOpen}
      onChange={(isOpen) =>
        ask(() => floor.openSeats(isOpen), {
          text: t(isOpen ? 'floor.done.opened' : 'floor.done.closed'),
        })
      }
    >
      <span className="hands-open">
        {t('floor.openSeats')}
        <span className="field-hint">{t('floor.openSeatsHint')}</span>
      </span>
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
