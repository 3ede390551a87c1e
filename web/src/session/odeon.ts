/**
 * The app's one client. A second viewer's window keeps its sign-in in this tab alone and leaves the
 * browser's cookie untouched.
 */
import { Odeon, type SessionStore } from '@odeon/sdk'
import { isSecondViewer } from './second-viewer.ts'

const key = 'odeon.second-viewer'

const tabStore: SessionStore = {
  get: () => sessionStorage.getItem(key),
  set: (value) =>
    value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value),
}

export const odeon = new Odeon(
  location.origin,
  isSecondViewer ? { client: 'program', sessionStore: tabStore } : {},
)
