/** Somebody by name: a field that offers accounts as one types, walked by the arrow keys. */
import type { CrewPerson } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { TextField } from '../../frame/text-field.tsx'
import { useRested } from '../../search/use-search.ts'
import { odeon } from '../../session/odeon.ts'
import { Avatar } from '../../stage/avatar.tsx'
import { useTranslation } from '../../text/use-translation.ts'

const charsMin = 2
const charsMax = 40

const wordsOf = (text: string) => text.trim().replace(/^@/, '')

/** What is typed, and whom it stands for once somebody was chosen. */
export function usePersonDraft(handle: string) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<CrewPerson>()
  return {
    text,
    chosen,
    type: (next: string) => {
      setText(next)
      if (next !== chosen?.username) setChosen(undefined)
    },
    choose: (person: CrewPerson) => {
      setChosen(person)
      setText(person.username ?? person.name)
    },
    forget: () => {
      setText('')
      setChosen(undefined)
    },
    isEmpty: wordsOf(text) === '',
    /** Whoever was chosen, or has that very username. */
    find: async (): Promise<CrewPerson | undefined> => {
      const wanted = wordsOf(text)
      if (chosen || wanted.length < charsMin) return chosen
      const people = await odeon.channels.findPeople(handle, wanted, { limit: 1 })
      return people.find(({ username }) => username === wanted.toLowerCase())
    },
  }
}
export type PersonDraft = ReturnType<typeof usePersonDraft>

interface PersonPickerProps {
  handle: string
  draft: PersonDraft
  label: string
  hint?: string
  wrong?: string | undefined
  onType: (text: string) => void
}

export function PersonPicker({ handle, draft, label, hint, wrong, onType }: PersonPickerProps) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const words = wordsOf(useRested(draft.text))
  const isAsking = words.length >= charsMin && draft.chosen === undefined
  const { data, isFetching } = useQuery({
    queryKey: ['people', handle, words.toLowerCase()],
    queryFn: () => odeon.channels.findPeople(handle, words),
    enabled: isAsking,
    placeholderData: (before) => before,
  })
  const people = (isAsking && data) || []
  const isShown = isOpen && isAsking
  const close = () => {
    setOpen(false)
    setAt(-1)
  }
  const choose = (person: CrewPerson) => {
    draft.choose(person)
    close()
  }
  const step = (by: number) => {
    setOpen(true)
    setAt((now) => (now + by + people.length) % Math.max(1, people.length))
  }
  const active = isShown ? people[at] : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(at < 0 ? 0 : -1)
    else if (event.key === 'Enter' && active) choose(active)
    else if (event.key === 'Escape' && isShown) close()
    else return
    event.preventDefault()
  }
  return (
    <div
      className="person-picker"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <TextField
        label={label}
        hint={hint}
        {...(wrong !== undefined && { wrong })}
        role="combobox"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={charsMax}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-found`}
        aria-activedescendant={active ? `${id}-${at}` : undefined}
        value={draft.text}
        onChange={(event) => {
          onType(event.target.value)
          setOpen(true)
          setAt(-1)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={isShown ? 'person-found' : 'unseen'}>
        <div id={`${id}-found`} role="listbox" aria-label={t('owner.people')}>
          {isShown
            ? people.map((person, index) => (
                <FoundPerson
                  key={person.id}
                  id={`${id}-${index}`}
                  person={person}
                  isActive={index === at}
                  onChoose={() => choose(person)}
                />
              ))
            : null}
        </div>
        <p className={people.length === 0 ? 'person-found-none' : 'unseen'} role="status">
          {isShown && people.length === 0
            ? t(isFetching ? 'app.loading' : 'owner.noneFound')
            : null}
        </p>
      </div>
    </div>
  )
}

interface FoundPersonProps {
  id: string
  person: CrewPerson
  isActive: boolean
  onChoose: () => void
}

function FoundPerson({ id, person, isActive, onChoose }: FoundPersonProps) {
  const { t } = useTranslation()
  const { name, username, avatarUrl, followedAt } = person
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isActive}
      className="menu-item"
      data-focused={isActive || undefined}
      // The field keeps the focus: it would close the list by losing it.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Avatar id={username ?? person.id} name={name} size={28} picture={avatarUrl} />
      <span className="person-found-name">
        <span>{name}</span>
        <small className="dim">
          @{username}
          {followedAt === null ? '' : ` · ${t('owner.follower')}`}
        </small>
      </span>
    </button>
  )
}
