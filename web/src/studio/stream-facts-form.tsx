/** Title and category of a stream that exists: saved into its room, seen by everybody at once. */
import type { LiveConnection } from '@odeon/sdk'
import { type FormEvent, useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { StreamFields, useStreamFacts, wrongTitle } from './stream-fields.tsx'

export function StreamFactsForm({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const title = useRoomState(room, (state) => state.title)
  const category = useRoomState(room, (state) => state.category)
  const { facts, isEdited, edit, forget } = useStreamFacts({ title, category })
  const [wrong, setWrong] = useState<string>()
  const [outcome, setOutcome] = useState<'busy' | 'saved'>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const unfit = wrongTitle(t, facts.title)
    if (unfit) return setWrong(unfit)
    if (outcome === 'busy' || !isEdited) return
    setOutcome('busy')
    try {
      await room.update({ title: facts.title.trim(), category: facts.category || null })
      forget()
      setOutcome('saved')
    } catch (error) {
      setWrong(errorText(t, error))
      setOutcome(undefined)
    }
  }

  return (
    <form
      className="desk-panel form"
      noValidate
      aria-labelledby="studio-about"
      onSubmit={(event) => void submit(event)}
    >
      <h2 id="studio-about">{t('studio.about')}</h2>
      <StreamFields
        facts={facts}
        wrong={wrong}
        onEdit={(change) => {
          edit(change)
          setWrong(undefined)
          setOutcome(undefined)
        }}
      />
      <div className="desk-save">
        <button
          type="submit"
          className="button button-primary"
          aria-disabled={!isEdited || outcome === 'busy' || undefined}
        >
          {t('studio.save')}
        </button>
        <p role="status" className="dim">
          {outcome === 'saved' ? t('studio.saved') : null}
        </p>
      </div>
    </form>
  )
}
