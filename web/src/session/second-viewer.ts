/** A window opened as a second viewer (`?as=guest`) is a person of its own, in this tab alone. */

export const isSecondViewer = new URLSearchParams(location.search).get('as') === 'guest'

/** Where what somebody writes is kept, which another person in the same browser shall not find. */
export const personStorage: Storage = isSecondViewer ? sessionStorage : localStorage
