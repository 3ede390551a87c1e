/** What the chat of a channel begins with; a stream under way changes it here, too. */
import type { ChannelPage } from '@odeon/sdk'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Switch } from 'react-aria-components'
import { useTranslation } from '../../text/use-translation.ts'
import { SaveBar } from './save-bar.tsx'
import { useSave } from './use-change.ts'

const slowChoices = [0, 3, 5, 10, 20, 30, 60, 120]
const followersChoices = [-1, 0, 10, 60, 1_440, 10_080, 43_200]
const delayChoices = [0, 2, 4, 6, 10, 20, 30]

export function ChatTab({ channel }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const save = useSave(channel.handle)
  const [draft, setDraft] = useState(channel.settings)
  const { chat, holdSuspicious } = draft
  const isDirty = JSON.stringify(draft) !== JSON.stringify(channel.settings)
  const mode = (part: Partial<typeof chat>) =>
    setDraft((now) => ({ ...now, chat: { ...now.chat, ...part } }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDirty || save.isPending) return
    save.mutate({ settings: draft }, { onSuccess: (page) => setDraft(page.settings) })
  }
  const seconds = (count: number) => (count === 0 ? t('desk.off') : t('time.seconds', { count }))
  const followed = (count: number) => {
    if (count < 0) return t('desk.off')
    return count === 0 ? t('desk.followersAny') : t('time.minutes', { count })
  }
  return (
    <form className="panel form" noValidate onSubmit={submit}>
      <p className="dim">{t('owner.chatText')}</p>
      <Row label={t('desk.slow')} hint={t('desk.slowHint')}>
        <Numbers
          label={t('desk.slow')}
          value={chat.slowSeconds}
          choices={slowChoices}
          say={seconds}
          onChoose={(slowSeconds) => mode({ slowSeconds })}
        />
      </Row>
      <Row label={t('desk.followers')} hint={t('desk.followersHint')}>
        <Numbers
          label={t('desk.followers')}
          value={chat.followersMinutes}
          choices={followersChoices}
          say={followed}
          onChoose={(followersMinutes) => mode({ followersMinutes })}
        />
      </Row>
      <Row label={t('desk.delay')} hint={t('desk.delayHint')}>
        <Numbers
          label={t('desk.delay')}
          value={chat.delaySeconds}
          choices={delayChoices}
          say={seconds}
          onChoose={(delaySeconds) => mode({ delaySeconds })}
        />
      </Row>
      <Toggle isOn={chat.emoteOnly} onToggle={(emoteOnly) => mode({ emoteOnly })}>
        {t('desk.emotes')}
      </Toggle>
      <Toggle isOn={chat.unique} onToggle={(unique) => mode({ unique })}>
        {t('desk.unique')}
      </Toggle>
      <Toggle
        isOn={holdSuspicious}
        onToggle={(isOn) => setDraft((now) => ({ ...now, holdSuspicious: isOn }))}
      >
        {t('owner.hold')}
      </Toggle>
      <SaveBar
        isDirty={isDirty}
        isBusy={save.isPending}
        isSaved={save.isSuccess}
        failed={save.failed}
      />
    </form>
  )
}

function Row({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className="settings-row">
      <p>
        {label}
        <span className="field-hint owner-hint">{hint}</span>
      </p>
      {children}
    </div>
  )
}

interface NumbersProps {
  label: string
  value: number
  choices: readonly number[]
  say: (value: number) => string
  onChoose: (value: number) => void
}

function Numbers({ label, value, choices, say, onChoose }: NumbersProps) {
  const all = choices.includes(value) ? choices : [...choices, value].toSorted((a, b) => a - b)
  return (
    <select
      className="filter filter-select"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(Number(event.target.value))}
    >
      {all.map((choice) => (
        <option key={choice} value={choice}>
          {say(choice)}
        </option>
      ))}
    </select>
  )
}

function Toggle(props: { isOn: boolean; onToggle: (isOn: boolean) => void; children: ReactNode }) {
  return (
    <Switch className="mode-toggle" isSelected={props.isOn} onChange={props.onToggle}>
      {props.children}
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
