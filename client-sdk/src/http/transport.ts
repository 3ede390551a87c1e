/** One HTTP call: JSON out, JSON in, and every failure as a `Refusal` or `Unavailable`. */
import { Refusal, type RefusalFacts, Unavailable } from '../refusal.ts'
import { canWatchUploads, uploadWatched } from './upload-watched.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Call {
  method: Method
  /** Below the server's address: `/v1/streams`. */
  path: string
  query?: Record<string, string | number | undefined>
  body?: object
  /** Sent as it is instead of a JSON body. */
  upload?: Upload
  /** How much of an upload has gone, from 0 to 1; told in browsers alone. */
  onProgress?: ((part: number) => void) | undefined
  token?: string | undefined
  /** The answer is bytes instead of JSON. */
  isBytes?: true
}

/** A file, or bytes of one of these types. */
export type Upload = Blob | Uint8Array<ArrayBuffer>

export interface UploadOptions {
  /** How much has gone, from 0 to 1; told in browsers alone. */
  onProgress?: (part: number) => void
}

/** Large bodies take their time. */
const uploadDeadlineFactor = 6

export interface TransportOptions {
  /** Address of the server without a slash at its end. */
  address: string
  /** Browsers keep the refresh token in a cookie; programs keep it themselves. */
  client: 'browser' | 'program'
  fetch: typeof fetch
  deadlineMs: number
}

export class Transport {
  readonly #options: TransportOptions

  constructor(options: TransportOptions) {
    this.#options = options
  }

  get isProgram(): boolean {
    return this.#options.client === 'program'
  }

  /** Resolves with the answer, undefined when it has no body. */
  async send<Reply>(call: Call): Promise<Reply> {
    const factor = call.upload === undefined ? 1 : uploadDeadlineFactor
    const signal = AbortSignal.timeout(this.#options.deadlineMs * factor)
    let response: Response
    let text: string
    try {
      response = await this.#exchange(call, signal)
      if (call.isBytes && response.ok) return new Uint8Array(await response.arrayBuffer()) as Reply
      text = await response.text()
    } catch (cause) {
      throw new Unavailable(signal.aborted ? 'deadline' : 'network', { cause })
    }
    if (!response.ok) throw failureOf(response.status, readJson(text), retryAfter(response))
    if (text === '') return undefined as Reply
    const reply = readJson(text)
    if (reply === undefined) throw new Unavailable('server', { cause: 'The answer is not JSON.' })
    return reply as Reply
  }

  #exchange(call: Call, signal: AbortSignal): Promise<Response> {
    const { upload, onProgress } = call
    const url = this.#url(call)
    const init = { ...this.#init(call), signal }
    if (upload === undefined || onProgress === undefined || !canWatchUploads()) {
      return this.#options.fetch(url, init)
    }
    return uploadWatched({ url, init: { ...init, body: upload }, onProgress })
  }

  #url({ path, query = {} }: Call): string {
    const url = new URL(this.#options.address + path)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    return url.href
  }

  #init({ method, body, upload, token }: Call): RequestInit {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (upload !== undefined) headers['content-type'] = 'application/octet-stream'
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    if (this.isProgram) headers['x-odeon-client'] = 'program'
    return {
      method,
      headers,
      credentials: this.isProgram ? 'omit' : 'include',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(upload === undefined ? {} : { body: upload }),
    }
  }
}

/** The error body of the API: `{ error: { code, message, requestId, fields?, retryAfterMs? } }`. */
interface ErrorBody {
  error?: Partial<RefusalFacts>
}

/** What an error body means; `retryAfterMs` is what was said beside it. */
export function failureOf(
  status: number,
  body: unknown,
  retryAfterMs?: number,
): Refusal | Unavailable {
  const error = { retryAfterMs, ...(body as ErrorBody | undefined)?.error }
  const { code, message } = error
  // Without a code it is not our server that speaks but somebody in between, who cannot refuse.
  const isNamed = code !== undefined && message !== undefined
  // Of 5xx only this one is a no: full, busy, no mail now. The others are faults.
  if (!isNamed || (status >= 500 && status !== 503)) return new Unavailable('server', error)
  return new Refusal({ ...error, code, message, status })
}

/** Proxies say it in seconds. */
function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not ours: a proxy's page, or a cut answer. The caller decides what that means.
    return undefined
  }
}
