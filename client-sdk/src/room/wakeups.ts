/** Signs from the device that the network came, went, or that somebody looks again. */
export interface WakeupHandlers {
  offline: () => void
  online: () => void
  visible: () => void
}

export interface Wakeups {
  /** Returns the function that stops listening. */
  listen(handlers: WakeupHandlers): () => void
}

/** Browser events; outside of browsers there are none and nothing is listened to. */
export const deviceWakeups: Wakeups = {
  listen({ offline, online, visible }) {
    if (typeof globalThis.addEventListener !== 'function') return () => undefined
    const page = typeof document === 'undefined' ? undefined : document
    const looked = () => {
      if (page?.visibilityState === 'visible') visible()
    }
    globalThis.addEventListener('offline', offline)
    globalThis.addEventListener('online', online)
    globalThis.addEventListener('pageshow', looked)
    page?.addEventListener('visibilitychange', looked)
    return () => {
      globalThis.removeEventListener('offline', offline)
      globalThis.removeEventListener('online', online)
      globalThis.removeEventListener('pageshow', looked)
      page?.removeEventListener('visibilitychange', looked)
    }
  },
}
