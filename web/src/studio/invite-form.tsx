/** Asks somebody who is here to come on stage, unasked by them. */
import type { LiveConnection } from '@odeon/sdk'
import { type FormEvent, useState } from 'react'
import { PersonPicker, usePersonDraft } from '../channels/settings/person-picker.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { FloorAct } from './guests-panel.tsx'

export function InviteForm({ room, act }: { room: LiveConnection; act: FloorAct }) {
  const { t } = useTranslation()
  const handle = useRoomState(room, (state) => state.channel)
  const draft = usePersonDraft(handle)
  const [wrong, setWrong] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (draft.isEmpty) return setWrong(t('studio.guests.inviteNobody'))
    await act(async () => {
      const person = await draft.find()
      if (!person) return setWrong(t('studio.guests.inviteNobody'))
      await room.floor.invite(person.id)
      draft.forget()
    })
  }

  return (
    <form className="guests-invite" noValidate onSubmit={(event) => void submit(event)}>
      <PersonPicker
        handle={handle}
        draft={draft}
        label={t('studio.guests.invite')}
        wrong={wrong}
        onType={(text) => {
          draft.type(text)
          setWrong(undefined)
        }}
      />
      <button type="submit" className="button button-plain">
        {t('studio.guests.inviteSend')}
      </button>
    </form>
  )
}
