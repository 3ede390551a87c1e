/** What a person was told, page by page, without being in their room. */
import type { Notice } from '@odeon/rooms/protocol'

export interface NoticeQuery {
  /** Id of the last one of the page before. */
  before?: string
  /** 1–50. */
  limit?: number
}

export interface NoticePage {
  /** Newest first. */
  notices: Notice[]
  /** True when older ones exist. */
  more: boolean
  unread: number
}
