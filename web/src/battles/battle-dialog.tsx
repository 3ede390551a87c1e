/** The challenge: whom, two against two or each for themselves, what counts, how long, what for. */
import { battleLimits } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import { type FormEvent, useId } from 'react'
import { Button, Radio, RadioGroup } from 'react-aria-components'
import { SelectField } from '../frame/select-field.tsx'
import { TextField } from '../frame/text-field.tsx'
import { giftName } from '../gifts/gift-words.ts'
import { useGifts } from '../gifts/use-gifts.ts'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { RivalPicker } from './rival-picker.tsx'
import { type Draft, useChallenge } from './use-challenge.ts'
import { useBattleAct } from './use-battle-act.ts'

interface BattleDialogProps {
  room: LiveConnection
  onClose: () => void
}

const lengths = [1, 3, 5, 10, 15, 30] as const

export function BattleDialog({ room, onClose }: BattleDialogProps) {
  const { t } = useTranslation()
  return (
    <DialogCard title={t('battle.challenge')} className="battle-card" onClose={onClose}>
      <ChallengeForm room={room} onClose={onClose} />
    </DialogCard>
  )
}

function ChallengeForm({ room, onClose }: BattleDialogProps) {
  const { t } = useTranslation()
  const { draft, edit, toggle, challenge, forget } = useChallenge()
  const { act, isBusy, failed } = useBattleAct()
  const canSend = draft.rivals.length > 0 && !isBusy
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (canSend && (await act(() => room.battles.invite(challenge)))) onClose()
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <RivalPicker own={room.streamId} chosen={draft.rivals} onToggle={toggle} onGone={forget} />
      {draft.rivals.length === battleLimits.sidesMax - 1 ? (
        <Teams draft={draft} onEdit={edit} />
      ) : null}
      <div className="battle-form-row">
        <LengthField draft={draft} onEdit={edit} />
        <CountsField draft={draft} onEdit={edit} />
      </div>
      <TextField
        label={t('battle.terms')}
        hint={t('battle.termsHint')}
        maxLength={battleLimits.termsCharsMax}
        autoComplete="off"
        value={draft.terms}
        onChange={(event) => edit({ terms: event.target.value })}
      />
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" className="button button-primary" isDisabled={!canSend}>
          {t('battle.send', { count: draft.rivals.length })}
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  draft: Draft
  onEdit: (change: Partial<Draft>) => void
}

/** Three are chosen: one of them may fight on the own side. */
function Teams({ draft, onEdit }: PartProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {t('battle.mode')}
      </span>
      <RadioGroup
        aria-labelledby={id}
        className="chips"
        orientation="horizontal"
        value={draft.partner}
        onChange={(partner) => onEdit({ partner })}
      >
        <Radio value="" className="choice">
          {t('battle.solo')}
        </Radio>
        {draft.rivals.map(({ streamId, name }) => (
          <Radio key={streamId} value={streamId} className="choice">
            {t('battle.with', { name })}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  )
}

function LengthField({ draft, onEdit }: PartProps) {
  const { t } = useTranslation()
  return (
    <SelectField
      label={t('battle.length')}
      value={String(draft.minutes)}
      onChange={(value) => onEdit({ minutes: Number(value) })}
    >
      {lengths.map((count) => (
        <option key={count} value={count}>
          {t('battle.minutes', { count })}
        </option>
      ))}
    </SelectField>
  )
}

function CountsField({ draft, onEdit }: PartProps) {
  const { t } = useTranslation()
  const { data } = useGifts()
  return (
    <SelectField
      label={t('battle.counts')}
      value={draft.giftId}
      onChange={(giftId) => onEdit({ giftId })}
    >
      <option value="">{t('battle.allCounts', { count: battleLimits.reactionsPerPoint })}</option>
      {data?.gifts.map(({ id }) => (
        <option key={id} value={id}>
          {t('battle.onlyGift', { gift: giftName(t, id) })}
        </option>
      ))}
    </SelectField>
  )
}
