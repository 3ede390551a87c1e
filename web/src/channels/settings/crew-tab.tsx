/** Moderators and VIPs: who they are, somebody more by their handle, and taking it back. */
import type { ChannelPage } from '@odeon/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../frame/refusal-text.ts'
import { odeon } from '../../session/odeon.ts'
import { Avatar } from '../../stage/avatar.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { PersonPicker, usePersonDraft } from './person-picker.tsx'

const roles = ['moderator', 'vip'] as const
type CrewRole = (typeof roles)[number]

export function CrewTab({ channel: { handle } }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const queryKey = ['crew', handle]
  const crew = useQuery({ queryKey, queryFn: () => odeon.channels.crew(handle) })
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
  const failed = crew.error ?? act.error
  return (
    <>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, failed)}
        </p>
      ) : null}
      {roles.map((role) => {
        const members = role === 'moderator' ? crew.data?.moderators : crew.data?.vips
        return (
          <section
            key={role}
            className="panel"
            aria-labelledby={`crew-${role}`}
            aria-busy={!members}
          >
            <h2 id={`crew-${role}`}>{t(`owner.crew.${role}`)}</h2>
            <p className="dim owner-lead">{t(`owner.crewText.${role}`)}</p>
            <ul>
              {members?.map(({ id, name, username }) => (
                <li key={id} className="blocked">
                  <Avatar id={username ?? id} name={name} size={36} />
                  <span>
                    {name} {username ? <span className="dim">@{username}</span> : null}
                  </span>
                  <button
                    type="button"
                    className="button button-quiet button-icon"
                    aria-label={t('owner.remove', { name })}
                    onClick={() => act.mutate(() => odeon.channels.revoke(handle, id, role))}
                  >
                    <Trash2 size={17} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
            <Grant role={role} onGrant={(work) => act.mutateAsync(work)} handle={handle} />
          </section>
        )
      })}
    </>
  )
}

function Grant(props: {
  handle: string
  role: CrewRole
  onGrant: (work: () => Promise<unknown>) => Promise<unknown>
}) {
  const { t } = useTranslation()
  const draft = usePersonDraft(props.handle)
  const [wrong, setWrong] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (draft.isEmpty) return
    try {
      const person = await draft.find()
      if (!person) return setWrong(t('owner.nobody'))
      await props.onGrant(() => odeon.channels.grant(props.handle, person.id, props.role))
      draft.forget()
    } catch (error) {
      setWrong(errorText(t, error))
    }
  }
  return (
    <form className="owner-grant" noValidate onSubmit={(event) => void submit(event)}>
      <PersonPicker
        handle={props.handle}
        draft={draft}
        label={t('owner.handle')}
        wrong={wrong}
        onType={(text) => {
          draft.type(text)
          setWrong(undefined)
        }}
      />
      <button type="submit" className="button button-plain">
        {t('owner.grant')}
      </button>
    </form>
  )
}
