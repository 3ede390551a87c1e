/** The channel's own emotes: added by a picture and a code, renamed, taken away. */
import { type ChannelPage, type Emote, emoteUrl } from '@odeon/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ImageUp, Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { errorText } from '../../frame/refusal-text.ts'
import { TextField } from '../../frame/text-field.tsx'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { SendProgress } from './send-progress.tsx'

const accepted = 'image/png,image/webp,image/gif'
const emotesMax = 60
const codeShape = /^[a-z0-9_]{2,24}$/

export function EmotesTab({ channel: { handle } }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const queryKey = ['emotes', handle]
  const emotes = useQuery({ queryKey, queryFn: () => odeon.channels.emotes(handle) })
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
  const own = emotes.data?.filter(({ isHouse }) => !isHouse)
  return (
    <>
      <AddEmote handle={handle} onAdd={(work) => act.mutateAsync(work)} />
      {act.error ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, act.error)}
        </p>
      ) : null}
      <section className="panel" aria-labelledby="own-emotes" aria-busy={!own}>
        <h2 id="own-emotes">{t('owner.ownEmotes', { count: own?.length ?? 0, max: emotesMax })}</h2>
        {emotes.isError ? <p role="alert">{errorText(t, emotes.error)}</p> : null}
        {own?.length === 0 ? <p className="dim">{t('owner.noEmotes')}</p> : null}
        <ul className="emotes">
          {own?.map((emote) => (
            <OwnEmote
              key={emote.id}
              emote={emote}
              onRename={(to) =>
                act.mutate(() => odeon.channels.renameEmote(handle, emote.code, to))
              }
              onRemove={() => act.mutate(() => odeon.channels.removeEmote(handle, emote.code))}
            />
          ))}
        </ul>
      </section>
    </>
  )
}

function AddEmote(props: {
  handle: string
  onAdd: (work: () => Promise<unknown>) => Promise<unknown>
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [chosen, setChosen] = useState('')
  const [sent, setSent] = useState(0)
  const file = useRef<HTMLInputElement>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (!codeShape.test(code)) return setWrong(t('owner.wrongCode'))
    const picture = file.current?.files?.[0]
    if (!picture) return setWrong(t('owner.noPicture'))
    setSent(0)
    setBusy(true)
    try {
      await props.onAdd(() =>
        odeon.channels.addEmote(props.handle, code, picture, { onProgress: setSent }),
      )
      setCode('')
      if (file.current) file.current.value = ''
      setChosen('')
    } catch (error) {
      setWrong(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="panel form" noValidate onSubmit={(event) => void submit(event)}>
      <h2>{t('owner.addEmote')}</h2>
      <div className="field">
        <label className="field-label" htmlFor="emote-file">
          {t('owner.emotePicture')}
        </label>
        <input
          id="emote-file"
          ref={file}
          type="file"
          accept={accepted}
          className="unseen owner-file"
          onChange={(event) => setChosen(event.target.files?.[0]?.name ?? '')}
        />
        <p className="owner-chosen">
          <label htmlFor="emote-file" className="button button-plain" aria-hidden="true">
            <ImageUp size={18} aria-hidden="true" />
            {t('owner.choose')}
          </label>
          <span className="dim">{chosen}</span>
        </p>
        <p className="field-hint">{t('owner.emoteHint')}</p>
      </div>
      <TextField
        label={t('owner.emoteCode')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={24}
        value={code}
        wrong={wrong}
        onChange={(event) => {
          setCode(event.target.value.toLowerCase())
          setWrong(undefined)
        }}
      />
      {isBusy ? <SendProgress sent={sent} /> : null}
      <button
        type="submit"
        className="button button-primary owner-add"
        aria-disabled={isBusy || undefined}
      >
        {isBusy ? t('owner.sending') : t('owner.addEmote')}
      </button>
    </form>
  )
}

interface OwnEmoteProps {
  emote: Emote
  onRename: (to: string) => void
  onRemove: () => void
}

function OwnEmote({ emote: { id, code }, onRename, onRemove }: OwnEmoteProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string>()
  return (
    <li className="emote-row">
      <img src={emoteUrl(id, 56)} alt="" width={40} height={40} />
      {draft === undefined ? (
        <code>:{code}:</code>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (codeShape.test(draft) && draft !== code) onRename(draft)
            setDraft(undefined)
          }}
        >
          <input
            className="field-box field-input"
            aria-label={t('owner.emoteCode')}
            autoFocus
            maxLength={24}
            value={draft}
            onChange={(event) => setDraft(event.target.value.toLowerCase())}
            onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
          />
        </form>
      )}
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={t('owner.rename', { name: code })}
        onClick={() => setDraft(draft === undefined ? code : undefined)}
      >
        <Pencil size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={t('owner.remove', { name: code })}
        onClick={onRemove}
      >
        <Trash2 size={17} aria-hidden="true" />
      </button>
    </li>
  )
}
