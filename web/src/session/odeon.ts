/**
 * The app's one client. A window opened as a second viewer (`?as=guest`) is a person of its own:
 * it keeps its sign-in in this tab alone and leaves the browser's cookie untouched.
 */
import { Odeon, type SessionStore } from '@odeon/sdk'

const key = 'odeon.second-viewer'

const isSecondViewer = new URLSearchParams(location.search).get('as') === 'guest'

const tabStore: SessionStore = {
  get: () => sessionStorage.getItem(key),
  set: (value) =>
    value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value),
}

export const odeon = new Odeon(
  location.origin,
  isSecondViewer ? { client: 'program', sessionStore: tabStore } : {},
)
