/** Which element shows or sounds whose track: kept true while tracks come and go. */
import type { MediaSource } from '@odeon/rooms/protocol'
import type { Attachable } from './media-line.ts'

interface Attachment {
  userId: string
  source: MediaSource
  element: HTMLMediaElement
  track: Attachable | undefined
}

export class Attachments {
  readonly #all = new Set<Attachment>()
  readonly #find: (userId: string, source: MediaSource) => Attachable | undefined

  constructor(find: (userId: string, source: MediaSource) => Attachable | undefined) {
    this.#find = find
  }

  /** The result takes the track out of the element. */
  add(userId: string, source: MediaSource, element: HTMLMediaElement): () => void {
    const attachment: Attachment = { userId, source, element, track: undefined }
    this.#all.add(attachment)
    this.#agree(attachment)
    return () => {
      if (!this.#all.delete(attachment)) return
      attachment.track?.detach(element)
    }
  }

  /** Tracks may have come or gone. */
  agree(): void {
    for (const attachment of this.#all) this.#agree(attachment)
  }

  #agree(attachment: Attachment): void {
    const track = this.#find(attachment.userId, attachment.source)
    if (track === attachment.track) return
    attachment.track?.detach(attachment.element)
    attachment.track = track
    track?.attach(attachment.element)
  }
}
