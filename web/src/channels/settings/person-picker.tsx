/** Somebody by name: a field that offers accounts as one types, walked by the arrow keys. */
import type { CrewPerson } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import { FieldWrong } from '../../frame/text-field.tsx'
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
  const words = wordsOf(useRested(draft.text))
  const isAsking = words.length >= charsMin && draft.chosen === undefined
  const { data: people = [], isFetching } = useQuery({
    queryKey: ['people', handle, words.toLowerCase()],
    queryFn: () => odeon.channels.findPeople(handle, words),
    enabled: isAsking,
    placeholderData: (before) => before,
  })
  return (
    <ComboBox
      className="field"
      allowsCustomValue
      // They come later than the letters.
      allowsEmptyCollection
      menuTrigger="input"
      items={isAsking ? people : []}
      inputValue={draft.text}
      isInvalid={wrong !== undefined}
      onInputChange={onType}
      onSelectionChange={(key) => {
        const person = people.find(({ id }) => id === key)
        if (person) draft.choose(person)
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-box" data-wrong={wrong ? true : undefined}>
        <Input
          className="field-input"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={charsMax}
        />
      </div>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      {wrong ? <FieldWrong id={`wrong-${label}`} text={wrong} /> : null}
      <Popover className="menu-popover person-found">
        <ListBox<CrewPerson>
          className="menu"
          aria-label={t('owner.people')}
          renderEmptyState={() => (
            <p className="person-found-none">
              {words.length < charsMin
                ? t('lists.usernameHint')
                : isFetching
                  ? t('app.loading')
                  : t('owner.noneFound')}
            </p>
          )}
        >
          {({ id, name, username, avatarUrl, followedAt }) => (
            <ListBoxItem id={id} textValue={username ?? name} className="menu-item">
              <Avatar id={username ?? id} name={name} size={28} picture={avatarUrl} />
              <span className="person-found-name">
                <span>{name}</span>
                <small className="dim">
                  @{username}
                  {followedAt === null ? '' : ` · ${t('owner.follower')}`}
                </small>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
