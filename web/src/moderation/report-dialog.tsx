/** Says to the moderators that something is wrong: what, why, and if one likes in own words. */
import type { ReportReason } from '@odeon/rooms/protocol'
import { Refusal, type Report, reportReasons } from '@odeon/sdk'
import { type FormEvent, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { rejectedText } from '../chat/composer-notes.tsx'
import { LineText } from '../chat/line-text.tsx'
import type { SaidLine } from '../chat/lines.ts'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'

const textCharsMax = 500

interface ReportDialogProps {
  /** What it is about: a line, a person, the page of a channel. */
  target: Pick<Report, 'targetType' | 'targetId' | 'streamId'>
  /** Whose it is. */
  name: string
  /** Shown again, when it is about a line. */
  line?: SaidLine
  /** It was sent: say so. */
  onSent: () => void
  onClose: () => void
}

export function ReportDialog(props: ReportDialogProps) {
  const { name, line, onClose } = props
  const { t } = useTranslation()
  const { me } = useSession()
  return (
    <DialogCard
      title={line ? t('report.titleLine', { name }) : t('report.title', { name })}
      onClose={onClose}
    >
      {line ? (
        <p className="report-quote">
          <LineText text={line.text} emotes={line.emotes} />
        </p>
      ) : null}
      {me?.kind === 'account' ? <ReportForm {...props} /> : <SignUpFirst onClose={onClose} />}
    </DialogCard>
  )
}

function ReportForm({ target, name, onSent, onClose }: ReportDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<ReportReason>()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const wrongId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (!reason) return setWrong(t('report.choose'))
    setBusy(true)
    try {
      const more = text.trim()
      await odeon.reports.send({ ...target, reason, ...(more && { text: more }) })
      onSent()
      onClose()
    } catch (error) {
      setWrong(error instanceof Refusal ? rejectedText(t, error) : errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p className="dim">
        {t(target.targetType === 'content' ? 'channel.reportText' : 'report.text', { name })}
      </p>
      <fieldset className="report-reasons" aria-describedby={wrong ? wrongId : undefined}>
        <legend className="field-label">{t('report.reason')}</legend>
        {reportReasons.map((one) => (
          <label key={one} className="report-reason">
            <input
              type="radio"
              name="reason"
              value={one}
              checked={reason === one}
              onChange={() => {
                setReason(one)
                setWrong(undefined)
              }}
            />
            {t(`report.reasons.${one}`)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span className="field-label">{t('report.more')}</span>
        <span className="field-box">
          <textarea
            className="field-input"
            rows={2}
            maxLength={textCharsMax}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
      </label>
      {wrong ? (
        <p id={wrongId} className="field-wrong" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <button type="submit" className="button button-primary" aria-disabled={isBusy || undefined}>
          {t('report.send')}
        </button>
      </div>
    </form>
  )
}

function SignUpFirst({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="dim">{t('report.signUp')}</p>
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          className="button button-primary"
          onPress={() => {
            onClose()
            openSignIn('register')
          }}
        >
          {t('report.account')}
        </Button>
      </div>
    </>
  )
}
