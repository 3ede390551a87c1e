/** Sends a body in a browser and tells how much of it has gone: `fetch` cannot say that. */

export interface WatchedUpload {
  url: string
  init: RequestInit & { body: XMLHttpRequestBodyInit; signal: AbortSignal }
  /** From 0 to 1. */
  onProgress: (part: number) => void
}

/** False in programs, which have no such request. */
export const canWatchUploads = () => typeof XMLHttpRequest !== 'undefined'

/** As `fetch`; rejects when the line or the signal ends it. */
export function uploadWatched({ url, init, onProgress }: WatchedUpload): Promise<Response> {
  const { signal, body } = init
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(init.method ?? 'POST', url)
    request.withCredentials = init.credentials === 'include'
    new Headers(init.headers).forEach((value, name) => request.setRequestHeader(name, value))
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => {
      const { status, responseText } = request
      const retryAfter = request.getResponseHeader('retry-after')
      const headers = new Headers()
      if (retryAfter !== null) headers.set('retry-after', retryAfter)
      // An answer without content may have no body, not even an empty one.
      resolve(new Response(responseText === '' ? null : responseText, { status, headers }))
    })
    request.addEventListener('error', () => reject(new TypeError('the line was cut')))
    request.addEventListener('abort', () => reject(signal.reason as Error))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}
