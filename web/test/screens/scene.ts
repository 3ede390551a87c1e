/** What a picture is of: a page in a state, reached by somebody in some way. */
import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'

export interface Cast {
  host: Odeon
  moderator: Odeon
  admin: Odeon
  viewer: Odeon
  stage: LiveConnection
  /** Somebody in the live room whose words a moderator had better see first. */
  doubter: LiveConnection
  /** Id of somebody whom the host blocks while they watch. */
  putOut: string
  /** Id of somebody whom the house suspends while they are signed in. */
  suspended: string
  /** Decisions against people, by username. */
  sanctions: { muted_moe: string; muted_may: string }
  /** Leaves a room no free seat until the answer is called. */
  fill: (streamId: string) => () => void
  ids: { live: string; pending: string; ended: string; quiet: string; replayed: string }
}

export interface Scene {
  /** The page; all its states come on one contact sheet. */
  page: string
  state: string
  /** Username of the account that looks; a stranger when absent. */
  as?: string
  path: string
  /** Selector of what is there once the state is reached. */
  ready: string
  /** How long that may take, ms; ten seconds unless told. */
  waitMs?: number
  /** Before the page is opened: what the network does to it. */
  before?: (page: Page) => Promise<unknown>
  /** After it is there: what is clicked. */
  act?: (page: Page) => Promise<unknown>
  /** Afterwards, so that the next scene begins as this one did. */
  after?: (page: Page) => Promise<unknown>
  /** What the page may complain about, because the scene is about it. */
  fine?: RegExp
  /** Also in Nepali; `ready` then holds in any language. */
  nepali?: true
}

/** No answer from the API. */
export const offline = (page: Page) => page.route('**/v1/**', (route) => route.abort())
export const offlineComplaints = /ERR_FAILED|WebSocket/

/** Answers that never come: what is seen is the skeleton. */
export const waiting =
  (...paths: string[]) =>
  async (page: Page) => {
    for (const path of paths) await page.route(path, () => undefined)
  }
