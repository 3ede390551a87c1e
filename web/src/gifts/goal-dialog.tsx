/** The host's goal: what for, how many coins; counted from when it is set. */
import { giftLimits } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { errorText } from '../frame/refusal-text.ts'
import { TextField } from '../frame/text-field.tsx'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'

interface GoalDialogProps {
  room: LiveConnection
  /** Undefined while there is none. */
  goal: { title: string; targetCoins: number } | undefined
  onClose: () => void
}

export function GoalDialog({ room, goal, onClose }: GoalDialogProps) {
  const { t } = useTranslation()
  return (
    <DialogCard
      title={goal ? t('gifts.goalChange') : t('gifts.goalSet')}
      text={t('gifts.goalHint')}
      onClose={onClose}
    >
      <GoalForm room={room} goal={goal} onClose={onClose} />
    </DialogCard>
  )
}

function GoalForm({ room, goal, onClose }: GoalDialogProps) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(goal?.title ?? '')
  const [target, setTarget] = useState(goal ? String(goal.targetCoins) : '')
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [isWrong, setWrong] = useState(false)

  const ask = async (wanted: { title: string; targetCoins: number } | null) => {
    if (isBusy) return
    setBusy(true)
    setFailed(undefined)
    try {
      await room.gifts.setGoal(wanted)
      onClose()
    } catch (error) {
      setFailed(errorText(t, error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const targetCoins = Number(target)
    const isRight = targetCoins >= 1 && targetCoins <= giftLimits.goalCoinsMax
    setWrong(!isRight)
    if (isRight) void ask({ title: title.trim(), targetCoins })
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <TextField
        label={t('gifts.goalTitle')}
        placeholder={t('gifts.goalTitleHint')}
        maxLength={giftLimits.goalTitleMax}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField
        label={t('gifts.goalCoins')}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        value={target}
        {...(isWrong && { wrong: t('gifts.goalWrong', { max: giftLimits.goalCoinsMax }) })}
        onChange={(event) => setTarget(event.target.value.replaceAll(/\D/g, '').slice(0, 9))}
      />
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <div className="dialog-actions">
        {goal ? (
          <Button
            className="button button-quiet goal-away"
            isDisabled={isBusy}
            onPress={() => void ask(null)}
          >
            {t('gifts.goalAway')}
          </Button>
        ) : null}
        <Button className="button button-plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" className="button button-primary" isDisabled={isBusy}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
