/** Weekly slots, written and shown at the owner's own time; the server keeps them in UTC. */
import type { ChannelPage } from '@odeon/sdk'
import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ownZone } from '../../frame/when.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { SaveBar } from './save-bar.tsx'
import { inUtc, type LocalSlot, localOf } from './local-slot.ts'
import { useSave } from './use-change.ts'

const slotsMax = 21
const days = [0, 1, 2, 3, 4, 5, 6]
const durations = [30, 60, 90, 120, 180, 240, 360, 480]
/** A Monday: the days of the week are named from it. */
const monday = Date.UTC(2024, 0, 1, 12)
const fresh: LocalSlot = { weekday: 4, time: '20:00', durationMinutes: 120, title: '' }

export function ScheduleTab({ channel }: { channel: ChannelPage }) {
  const { t, i18n } = useTranslation()
  const save = useSave(channel.handle)
  const [offset] = useState(() => -new Date().getTimezoneOffset())
  const kept = (page: ChannelPage) => page.schedule.map((slot) => localOf(slot, offset))
  const [slots, setSlots] = useState(() => kept(channel))
  const isDirty = JSON.stringify(slots) !== JSON.stringify(kept(channel))
  const put = (index: number, part: Partial<LocalSlot>) =>
    setSlots((now) => now.map((slot, at) => (at === index ? { ...slot, ...part } : slot)))
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDirty || save.isPending) return
    const schedule = slots.map((slot) => inUtc(slot, offset))
    save.mutate({ schedule }, { onSuccess: (page) => setSlots(kept(page)) })
  }
  return (
    <form className="panel form" noValidate onSubmit={submit}>
      <p className="dim">{t('channel.zone', { zone: ownZone() })}</p>
      {slots.length === 0 ? <p>{t('owner.noSlots')}</p> : null}
      {slots.map((slot, index) => (
        <div key={`${index + 0}`} className="owner-row slot-row">
          <select
            className="field-box field-input"
            aria-label={t('owner.day')}
            value={slot.weekday}
            onChange={(event) => put(index, { weekday: Number(event.target.value) })}
          >
            {days.map((day) => (
              <option key={day} value={day}>
                {dayName.format(monday + day * 86_400_000)}
              </option>
            ))}
          </select>
          <input
            type="time"
            className="field-box field-input"
            aria-label={t('owner.time')}
            value={slot.time}
            onChange={(event) => put(index, { time: event.target.value || '00:00' })}
          />
          <select
            className="field-box field-input"
            aria-label={t('owner.duration')}
            value={slot.durationMinutes}
            onChange={(event) => put(index, { durationMinutes: Number(event.target.value) })}
          >
            {(durations.includes(slot.durationMinutes)
              ? durations
              : [...durations, slot.durationMinutes]
            ).map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('time.minutes', { count: minutes })}
              </option>
            ))}
          </select>
          <input
            className="field-box field-input"
            aria-label={t('owner.slotTitle')}
            placeholder={t('owner.slotTitle')}
            maxLength={80}
            value={slot.title}
            onChange={(event) => put(index, { title: event.target.value })}
          />
          <button
            type="button"
            className="button button-quiet button-icon"
            aria-label={t('owner.remove', { name: slot.title })}
            onClick={() => setSlots(slots.toSpliced(index, 1))}
          >
            <Trash2 size={18} aria-hidden="true" />
          </button>
        </div>
      ))}
      {slots.length < slotsMax ? (
        <button
          type="button"
          className="button button-plain owner-add"
          onClick={() => setSlots([...slots, fresh])}
        >
          <Plus size={18} aria-hidden="true" />
          {t('owner.addSlot')}
        </button>
      ) : null}
      <SaveBar
        isDirty={isDirty}
        isBusy={save.isPending}
        isSaved={save.isSuccess}
        failed={save.failed}
      />
    </form>
  )
}
