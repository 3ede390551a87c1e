/** Asks a gateway over HTTP and reads a bounded JSON answer, in bounded time. */
import { GatewayUnavailable } from './gateway.ts'
import { paymentBounds } from './limits.ts'

export interface JsonAnswer {
  status: number
  body: unknown
}

/** Rejects with `GatewayUnavailable`; what is said of it holds neither address nor body. */
export async function askJson(
  name: string,
  url: string,
  init: { method?: 'POST'; headers?: Record<string, string>; json?: object } = {},
): Promise<JsonAnswer> {
  const { method = 'GET', headers = {}, json } = init
  try {
    const answer = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      ...(json && { body: JSON.stringify(json) }),
      redirect: 'error',
      signal: AbortSignal.timeout(paymentBounds.answerMs),
    })
    return { status: answer.status, body: JSON.parse(await readSome(answer)) }
  } catch (cause) {
    if (cause instanceof GatewayUnavailable) throw cause
    const why = cause instanceof SyntaxError ? 'answers no JSON' : 'does not answer'
    throw new GatewayUnavailable(`${name} ${why}`)
  }
}

async function readSome({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > paymentBounds.answerBytesMax) throw new GatewayUnavailable('answers too much')
  }
  return text + decoder.decode()
}
