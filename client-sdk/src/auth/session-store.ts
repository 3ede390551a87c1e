/** Where a sign-in is remembered between two starts of a program or two loads of a page. */
export interface SessionStore {
  get(): string | null | Promise<string | null>
  /** null forgets. */
  set(value: string | null): void | Promise<void>
}

/** Until the program ends. */
export function memoryStore(): SessionStore {
  let held: string | null = null
  return {
    get: () => held,
    set: (value) => {
      held = value
    },
  }
}

/**
 * For browsers: a mark that the refresh cookie was set, so that a page without one need not ask
 * the server and find out by an error. The token itself is never readable here.
 */
export function cookieMark(key: string): SessionStore {
  const fallback = memoryStore()
  return {
    get: () =>
      attempt(
        () => localStorage.getItem(key),
        () => fallback.get(),
      ),
    set: (value) =>
      attempt(
        () => (value === null ? localStorage.removeItem(key) : localStorage.setItem(key, '1')),
        () => fallback.set(value),
      ),
  }
}

/** Storage may be refused to a page altogether (private modes, sandboxed frames). */
function attempt<T>(storage: () => T, otherwise: () => T): T {
  try {
    return storage()
  } catch {
    return otherwise()
  }
}
