/** Lines that wait for somebody of the crew: let through or not, once, by keys too. */
import type { HeldLine, LiveConnection } from '@odeon/sdk'
import { Check, X } from 'lucide-react'
import { useRef } from 'react'
import { LineText } from '../chat/line-text.tsx'
import { nameColour } from '../chat/name-colours.ts'
import { useKeysIn } from '../chat/use-latest.ts'
import { mayAct, useLetterKeys } from '../frame/letter-keys.ts'
import { clockOf } from '../frame/clock.ts'
import { useNow } from '../frame/use-now.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { CrewDesk } from './crew-desk.ts'
import { reasonText } from './reason-text.ts'
import { useDesk } from './desk-notice.tsx'

interface DeskProps {
  room: LiveConnection
  desk: CrewDesk
}

export function HeldQueue({ room, desk }: DeskProps) {
  const { t } = useTranslation()
  useDesk(desk)
  const list = useRef<HTMLUListElement>(null)
  const now = useNow(1_000, desk.held.length > 0)
  const hasLetters = useLetterKeys()
  const decide = (line: HeldLine, allow: boolean) => {
    moveFrom(list.current, line.id)
    void desk.act(() => room.crew.decide(line.id, allow))
  }
  useKeysIn(list, (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('li') : null
    const line = desk.held.find(({ id }) => id === row?.dataset.id)
    if (!row || !line || event.ctrlKey || event.metaKey || event.altKey) return
    if (!mayAct(event)) return
    const steps: Record<string, () => void> = {
      a: () => decide(line, true),
      d: () => decide(line, false),
      j: () => focusRow(row.nextElementSibling),
      k: () => focusRow(row.previousElementSibling),
      ArrowDown: () => focusRow(row.nextElementSibling),
      ArrowUp: () => focusRow(row.previousElementSibling),
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    step()
  })
  return (
    <div className="held">
      <DecidedNote desk={desk} />
      {desk.held.length === 0 ? <p className="crew-none">{t('desk.heldNone')}</p> : null}
      {desk.held.length > 0 && hasLetters ? (
        <p className="crew-hint">{t('desk.heldKeys')}</p>
      ) : null}
      <ul ref={list} aria-label={t('desk.held')}>
        {desk.held.map((line) => (
          <HeldRow key={line.id} line={line} now={now} onDecide={decide} />
        ))}
      </ul>
    </div>
  )
}

interface HeldRowProps {
  line: HeldLine
  now: number
  onDecide: (line: HeldLine, allow: boolean) => void
}

function HeldRow({ line, now, onDecide }: HeldRowProps) {
  const { t } = useTranslation()
  const { id, from, text, until, score, category } = line
  return (
    <li className="held-row" data-id={id} tabIndex={0}>
      <p className="held-text">
        <strong style={{ color: nameColour(from.id) }}>{from.name}</strong> <LineText text={text} />
      </p>
      <p className="held-facts figures">
        {score > 0
          ? t('desk.score', { category: reasonText(t, category), score: Math.round(score * 100) })
          : reasonText(t, category)}{' '}
        · {t('desk.heldLeft', { time: clockOf(until - now) })}
      </p>
      <div className="held-tools">
        <button type="button" className="button button-plain" onClick={() => onDecide(line, true)}>
          <Check size={16} aria-hidden="true" />
          {t('desk.allow')}
        </button>
        <button type="button" className="button button-plain" onClick={() => onDecide(line, false)}>
          <X size={16} aria-hidden="true" />
          {t('desk.deny')}
        </button>
      </div>
    </li>
  )
}

/** Another moderator was faster, or time was: said where the line stood. */
function DecidedNote({ desk }: { desk: CrewDesk }) {
  const { t } = useTranslation()
  const { decided } = desk
  return (
    <p className="crew-hint" role="status">
      {decided ? t(`desk.${decided.outcome}`, { name: decided.name ?? t('acts.somebody') }) : null}
    </p>
  )
}

function focusRow(row: Element | null | undefined): void {
  if (row instanceof HTMLElement) row.focus()
}

/** The focus goes on before the line goes. */
function moveFrom(list: HTMLElement | null, id: string): void {
  const row = list?.querySelector(`[data-id="${CSS.escape(id)}"]`)
  if (!row?.contains(document.activeElement)) return
  const next = row.nextElementSibling ?? row.previousElementSibling
  if (next) focusRow(next)
  else list?.closest('.crew-panel')?.querySelector<HTMLElement>('[role="tab"]')?.focus()
}
