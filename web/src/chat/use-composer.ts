/** What is being written: kept over reloads, sent, queued for slow mode, recalled by arrow. */
import type { StreamPhase } from '@odeon/rooms/protocol'
import { Refusal } from '@odeon/sdk'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { draftLimits, keepDraft, readDraft } from './drafts.ts'
import { rememberEmotes } from './emotes.ts'
import type { Returned, Said } from './own-lines.ts'
import { readTyped } from './slash.ts'
import { useLatest } from './use-latest.ts'
import { type Turn, useNowBy } from './use-turn.ts'

const keepAfterMs = 300

export interface Composer {
  text: string
  setText: (text: string) => void
  /** Puts the caret behind what was just put in. */
  put: (text: string, caret: number) => void
  returned: Returned | null
  left: number
  /** Unix ms until which nothing goes out: after too many at once, or in slow mode with a queue. */
  waitUntilMs: number
  isSendable: boolean
  submit: () => Promise<void>
  /** Goes through what was sent before; false when there is nothing that way. */
  recall: (step: 1 | -1) => boolean
}

interface ComposerOptions {
  feed: ChatFeed
  turn: Turn
  phase: StreamPhase
  field: RefObject<HTMLTextAreaElement | null>
}

export function useComposer({ feed, turn, phase, field }: ComposerOptions): Composer {
  const [text, write] = useState(() => readDraft(feed.streamId)?.text ?? '')
  const [returned, setReturned] = useState<Returned | null>(null)
  const { recall, remember } = useRecall(write)
  useKeptDraft(feed, text)

  const trimmed = text.trim()
  const left = turn.charsMax - [...trimmed].length
  const tooFastUntilMs = returned?.code === 'rate_limited' ? returned.retryAtMs : 0
  const now = Math.max(turn.now, useNowBy(tooFastUntilMs))
  const isSlow = turn.freeAtMs > now
  const waitUntilMs = Math.max(tooFastUntilMs, isSlow && feed.own.queued ? turn.freeAtMs : 0)
  const isSendable =
    phase === 'live' && trimmed !== '' && left >= 0 && waitUntilMs <= now && !turn.sanction

  const setText = useCallback((now: string) => {
    write(now)
    if (now === '') setReturned(null)
  }, [])

  const submit = async () => {
    if (!isSendable) return
    const { replyingTo } = feed
    const said = { text: trimmed, replyTo: replyingTo ?? undefined }
    write('')
    setReturned(null)
    feed.reply(null)
    remember(trimmed)
    rememberEmotes(trimmed)
    keepDraft(feed.streamId, { text: '' })
    feed.log.follow()
    const back = await go(feed, said, isSlow ? turn.freeAtMs : 0)
    if (!back) return
    setReturned(back)
    write((now) => (now.trim() === '' ? back.text : `${back.text} ${now}`))
    if (back.replyTo && back.code !== 'no_such_line') feed.reply(back.replyTo)
    field.current?.focus()
  }

  const placeCaret = usePlacedCaret(field)
  const put = (now: string, caret: number) => {
    write(now)
    placeCaret(caret)
  }
  usePutIn(feed, text, put)
  return { text, setText, put, returned, left, waitUntilMs, isSendable, submit, recall }
}

/** Says it, keeps it for its turn or does it; resolves with what goes back into the field. */
async function go(feed: ChatFeed, said: Said, freeAtMs: number): Promise<Returned | null> {
  const typed = readTyped(feed, said)
  if ('back' in typed) return typed.back
  if ('run' in typed) {
    try {
      const action = await typed.run()
      if (action) feed.desk.done(action)
      return null
    } catch (error) {
      const { code, message } = error instanceof Refusal ? error : away
      return { ...said, code, message, retryAtMs: 0 }
    }
  }
  if (freeAtMs === 0) return feed.own.send(typed.say)
  feed.own.queue(typed.say, freeAtMs)
  return null
}

const away = { code: 'offline', message: 'The server is out of reach.' }

/** Text and answer are kept a moment after the last key, and at once when the page goes. */
function useKeptDraft(feed: ChatFeed, text: string): void {
  const { replyingTo } = feed
  const now = useLatest({ text, replyingTo })
  useEffect(() => {
    const draft = readDraft(feed.streamId)
    if (draft?.replyTo) feed.reply(draft.replyTo)
    const keep = () => {
      const { text: written, replyingTo: to } = now.current
      keepDraft(feed.streamId, { text: written, ...(to && { replyTo: to }) })
    }
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [feed, now])
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const draft = { text, ...(replyingTo && { replyTo: replyingTo }) }
    const timer = setTimeout(() => keepDraft(feed.streamId, draft), keepAfterMs)
    return () => clearTimeout(timer)
  }, [feed, text, replyingTo])
}

function useRecall(write: (text: string) => void) {
  const sent = useRef<string[]>([])
  const at = useRef(-1)
  const remember = useCallback((text: string) => {
    sent.current = [text, ...sent.current.filter((one) => one !== text)]
    sent.current = sent.current.slice(0, draftLimits.sentMax)
    at.current = -1
  }, [])
  const recall = useCallback(
    (step: 1 | -1) => {
      const next = at.current + step
      if (next >= sent.current.length || next < -1) return false
      at.current = next
      write(next === -1 ? '' : (sent.current[next] ?? ''))
      return true
    },
    [write],
  )
  return { recall, remember }
}

/** Stands behind the new text before the next key is heard: a frame later it would part a word. */
function usePlacedCaret(field: RefObject<HTMLTextAreaElement | null>): (caret: number) => void {
  const [placed, place] = useState<{ caret: number } | null>(null)
  useLayoutEffect(() => {
    const area = field.current
    if (!placed || !area) return
    area.setSelectionRange(placed.caret, placed.caret)
    // A picker or a card gives the focus back to its button while it closes: ours comes after.
    if (document.activeElement !== area) requestAnimationFrame(() => area.focus())
  }, [field, placed])
  return useCallback((caret) => place({ caret }), [])
}

/** Others put names and emotes into the field: a person's card, the picker. */
function usePutIn(feed: ChatFeed, text: string, put: (text: string, caret: number) => void): void {
  const call = useLatest({ text, put })
  useEffect(
    () =>
      feed.onPutIn((word) => {
        const { text: now, put: putNow } = call.current
        const gap = now === '' || now.endsWith(' ') ? '' : ' '
        const next = `${now}${gap}${word} `
        putNow(next, next.length)
      }),
    [feed, call],
  )
}
