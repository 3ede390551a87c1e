/** Every mode of the chat as a switch or a choice; each change goes out at once. */
import type { ChatModes } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import { Eraser } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Switch } from 'react-aria-components'
import { minutesText } from '../chat/mode-texts.ts'
import { useChatModes } from '../chat/use-turn.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { CrewDesk } from './crew-desk.ts'

const slowChoices = [0, 3, 5, 10, 20, 30, 60, 120]
const followersChoices = [-1, 0, 10, 30, 60, 1_440, 10_080, 43_200]
const delayChoices = [0, 2, 4, 6, 10, 20, 30]

export function ModeSwitches({ room, desk }: { room: LiveConnection; desk: CrewDesk }) {
  const { t } = useTranslation()
  const modes = useChatModes(room)
  const [isBusy, setBusy] = useState(false)
  const change = async (part: Partial<ChatModes>) => {
    setBusy(true)
    await desk.act(async () => {
      await room.chat.modes(part)
      return null
    })
    setBusy(false)
  }
  const seconds = (value: number) =>
    value === 0 ? t('desk.off') : t('time.seconds', { count: value })
  const followed = (value: number) => {
    if (value < 0) return t('desk.off')
    return value === 0 ? t('desk.followersAny') : minutesText(t, value)
  }
  return (
    <div className="mode-switches" aria-busy={isBusy}>
      <Choice
        label={t('desk.slow')}
        hint={t('desk.slowHint')}
        value={modes.slowSeconds}
        choices={slowChoices}
        say={seconds}
        onChoose={(slowSeconds) => void change({ slowSeconds })}
      />
      <Choice
        label={t('desk.followers')}
        hint={t('desk.followersHint')}
        value={modes.followersMinutes}
        choices={followersChoices}
        say={followed}
        onChoose={(followersMinutes) => void change({ followersMinutes })}
      />
      <Choice
        label={t('desk.delay')}
        hint={t('desk.delayHint')}
        value={modes.delaySeconds}
        choices={delayChoices}
        say={seconds}
        onChoose={(delaySeconds) => void change({ delaySeconds })}
      />
      <Toggle
        isOn={modes.subscribersOnly}
        onToggle={(subscribersOnly) => void change({ subscribersOnly })}
      >
        {t('desk.subscribers')}
      </Toggle>
      <Toggle isOn={modes.emoteOnly} onToggle={(emoteOnly) => void change({ emoteOnly })}>
        {t('desk.emotes')}
      </Toggle>
      <Toggle isOn={modes.unique} onToggle={(unique) => void change({ unique })}>
        {t('desk.unique')}
      </Toggle>
      <button
        type="button"
        className="button button-plain"
        onClick={() => void desk.act(() => room.chat.clear())}
      >
        <Eraser size={16} aria-hidden="true" />
        {t('desk.clear')}
      </button>
    </div>
  )
}

interface ChoiceProps {
  label: string
  hint: string
  value: number
  choices: readonly number[]
  say: (value: number) => string
  onChoose: (value: number) => void
}

/** A value that a command set and that is no usual one is offered too. */
function Choice({ label, hint, value, choices, say, onChoose }: ChoiceProps) {
  const hintId = useId()
  const all = choices.includes(value) ? choices : [...choices, value].toSorted((a, b) => a - b)
  return (
    <label className="mode-choice">
      <span>
        {label}
        <span id={hintId} className="field-hint">
          {hint}
        </span>
      </span>
      <select
        value={value}
        aria-label={label}
        aria-describedby={hintId}
        onChange={(event) => onChoose(Number(event.target.value))}
      >
        {all.map((choice) => (
          <option key={choice} value={choice}>
            {say(choice)}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ToggleProps {
  isOn: boolean
  onToggle: (isOn: boolean) => void
  children: ReactNode
}

function Toggle({ isOn, onToggle, children }: ToggleProps) {
  return (
    <Switch className="mode-toggle" isSelected={isOn} onChange={onToggle}>
      {children}
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
