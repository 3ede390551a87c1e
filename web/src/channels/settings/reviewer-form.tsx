/** Address, patience and what happens without an answer; then its secret and a try. */
import type { Reviewer } from '@odeon/sdk'
import { type FormEvent, useId, useState } from 'react'
import { TextField } from '../../frame/text-field.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { ReviewerSecret } from './reviewer-secret.tsx'
import { ReviewerTry } from './reviewer-try.tsx'
import { SaveBar } from './save-bar.tsx'
import { newSecret, reviewerErrorText, useReviewerWork } from './use-reviewer.ts'

const urlCharsMax = 500
const timeoutChoices = [200, 400, 800, 1_500, 3_000]
const fresh: Reviewer = { url: '', timeoutMs: 800, letsThrough: true }

interface ReviewerFormProps {
  handle: string
  reviewer: Reviewer | null
}

export function ReviewerForm({ handle, reviewer }: ReviewerFormProps) {
  const { t } = useTranslation()
  const { save, remove, probe } = useReviewerWork(handle)
  const [draft, setDraft] = useState(reviewer ?? fresh)
  const [secret, setSecret] = useState<string>()
  const kept = reviewer ?? fresh
  const isDirty =
    draft.url.trim() !== kept.url ||
    draft.timeoutMs !== kept.timeoutMs ||
    draft.letsThrough !== kept.letsThrough
  const send = (set: Reviewer, made?: string) =>
    save.mutate(
      { reviewer: set, secret: made },
      {
        onSuccess: (now) => {
          if (now) setDraft(now)
          if (made !== undefined) setSecret(made)
        },
      },
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDirty || save.isPending) return
    // The first address gets a secret with it; a later one keeps the one there is.
    send({ ...draft, url: draft.url.trim() }, reviewer ? undefined : newSecret())
  }
  const forget = () => {
    setDraft(fresh)
    setSecret(undefined)
  }
  const failed = save.error ?? remove.error
  return (
    <>
      <form className="panel form" noValidate onSubmit={submit}>
        <div>
          <h2>{t('reviewer.title')}</h2>
          <p className="dim">{t('reviewer.text')}</p>
          {reviewer ? null : <p className="reviewer-none">{t('reviewer.none')}</p>}
        </div>
        <TextField
          label={t('reviewer.url')}
          hint={t('reviewer.urlHint')}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          maxLength={urlCharsMax}
          value={draft.url}
          onChange={(event) => setDraft({ ...draft, url: event.target.value })}
        />
        <Patience
          timeoutMs={draft.timeoutMs}
          onChoose={(timeoutMs) => setDraft({ ...draft, timeoutMs })}
        />
        <Away
          letsThrough={draft.letsThrough}
          onChoose={(letsThrough) => setDraft({ ...draft, letsThrough })}
        />
        <SaveBar
          isDirty={isDirty}
          isBusy={save.isPending}
          isSaved={save.isSuccess}
          failed={failed ? reviewerErrorText(t, failed) : undefined}
        />
      </form>
      <ReviewerSecret
        secret={secret}
        hasOne={reviewer !== null}
        onForget={() => setSecret(undefined)}
        onRenew={() => reviewer && send(reviewer, newSecret())}
      />
      {reviewer ? <ReviewerTry probe={probe} isDirty={isDirty} /> : null}
      {reviewer ? (
        <AskButton
          className="button button-plain owner-add"
          title={t('reviewer.removeTitle')}
          text={t('reviewer.removeText')}
          act={t('reviewer.remove')}
          onAct={() => remove.mutate(undefined, { onSuccess: forget })}
        >
          {t('reviewer.remove')}
        </AskButton>
      ) : null}
    </>
  )
}

function Patience(props: { timeoutMs: number; onChoose: (timeoutMs: number) => void }) {
  const { timeoutMs, onChoose } = props
  const { t } = useTranslation()
  const id = useId()
  const all = new Set([...timeoutChoices, timeoutMs])
  return (
    <div className="settings-row">
      <label htmlFor={id}>{t('reviewer.timeout')}</label>
      <select
        id={id}
        className="filter filter-select"
        value={timeoutMs}
        onChange={(event) => onChoose(Number(event.target.value))}
      >
        {[...all]
          .toSorted((a, b) => a - b)
          .map((count) => (
            <option key={count} value={count}>
              {t('reviewer.milliseconds', { count })}
            </option>
          ))}
      </select>
    </div>
  )
}

function Away(props: { letsThrough: boolean; onChoose: (letsThrough: boolean) => void }) {
  const { letsThrough, onChoose } = props
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className="owner-rows">
      <legend className="field-label">{t('reviewer.away')}</legend>
      {(['open', 'closed'] as const).map((way) => (
        <label key={way} className="reviewer-way">
          <input
            type="radio"
            name={name}
            checked={letsThrough === (way === 'open')}
            onChange={() => onChoose(way === 'open')}
          />
          <span>
            {t(`reviewer.${way}`)}
            <span className="field-hint owner-hint">{t(`reviewer.${way}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
