/** Tells the open rooms of a person, in whatever process, that something was posted or read. */
import type { Logger, NoticeSignal } from '@odeon/rooms/ports'
import type { Presence } from '../lobby/directory.ts'

export interface NoticeSignals {
  tell(userId: string, signal: NoticeSignal): void
  /** The result stops it. */
  subscribe(userId: string, listener: (signal: NoticeSignal) => void): () => void
}

/** A signal that is lost costs nothing for long: rooms read what is kept by its number. */
export function noticeSignals(presence: Presence, log: Logger): NoticeSignals {
  const topicOf = (userId: string) => `odeon.notices.${userId}`
  const attempt = (work: () => unknown) =>
    void Promise.resolve()
      .then(work)
      .catch((err: unknown) => log.warn({ err }, 'an open room was not told of a notice'))
  return {
    tell: (userId, signal) => attempt(() => presence.publish(topicOf(userId), signal)),
    subscribe(userId, listener) {
      const hear = (signal: unknown) => listener(signal as NoticeSignal)
      attempt(() => presence.subscribe(topicOf(userId), hear))
      return () => attempt(() => presence.unsubscribe(topicOf(userId), hear))
    },
  }
}
