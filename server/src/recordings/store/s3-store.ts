/** Recordings in S3 or what speaks like it; paths name the bucket, so any host will do. */
import { AwsClient } from 'aws4fetch'
import { checkedKey, type SegmentStore } from './segment-store.ts'

export interface S3Settings {
  /** Address without a slash at its end: `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const answerMs = 10_000
/** Tries after the first one, when it is busy or broken for a moment. */
const retries = 2
const pagesMax = 1_000

export function s3Store({ endpoint, bucket, ...settings }: S3Settings): SegmentStore {
  const client = new AwsClient({ ...settings, service: 's3', retries, initRetryMs: 100 })
  const root = `${endpoint}/${bucket}`
  const send = async (method: string, address: string, body?: Uint8Array<ArrayBuffer>) => {
    const signal = AbortSignal.timeout(answerMs)
    const response = await client.fetch(address, { method, signal, ...(body && { body }) })
    if (response.ok || response.status === 404) return response
    const said = (await response.text()).match(/<Code>(\w+)<\/Code>/)?.[1] ?? ''
    throw new Error(`S3 answered ${method} with ${response.status} ${said}`.trimEnd())
  }
  const noBucket = () => new Error(`S3 knows no bucket "${bucket}"`)
  const addressOf = (key: string) => `${root}/${checkedKey(key)}`
  return {
    place: `S3 at ${new URL(endpoint).host}, bucket ${bucket}`,
    async probe() {
      const { status } = await send('GET', `${root}?list-type=2&max-keys=1`)
      if (status === 404) throw noBucket()
    },
    async put(key, bytes) {
      const { status } = await send('PUT', addressOf(key), new Uint8Array(bytes))
      if (status === 404) throw noBucket()
    },
    async get(key) {
      const response = await send('GET', addressOf(key))
      return response.ok ? Buffer.from(await response.arrayBuffer()) : null
    },
    async remove(key) {
      await send('DELETE', addressOf(key))
    },
    async list(shelf) {
      const keys: string[] = []
      let after: string | undefined
      for (let page = 0; page < pagesMax; page += 1) {
        const query = new URLSearchParams({ 'list-type': '2', prefix: `${shelf}/` })
        if (after !== undefined) query.set('continuation-token', after)
        const text = await (await send('GET', `${root}?${query.toString()}`)).text()
        // Keys are ours and hold nothing that XML would write otherwise.
        for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(key)
        after = unescaped(text.match(/<NextContinuationToken>([^<]*)</)?.[1])
        if (after === undefined) break
      }
      return keys
    },
  }
}

function unescaped(text: string | undefined): string | undefined {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text?.replace(/&(\w+);/g, (whole, name: string) => names[name] ?? whole)
}
