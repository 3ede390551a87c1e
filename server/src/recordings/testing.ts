/** A stand-in that speaks S3's HTTP and believes no signature that it cannot make itself. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from './store/s3-store.ts'

export interface S3StandIn {
  settings: S3Settings
  objects: Map<string, Buffer>
  /** Requests refused because their signature was wrong. */
  refused: number
  /** Answers so many requests with 503 first. */
  busy: number
  stop(): Promise<void>
}

const pageKeys = 3

export async function s3StandIn(): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>()
  const settings = {
    endpoint: '',
    bucket: 'theatre',
    region: 'eu-test-1',
    accessKeyId: 'AKIDTEST',
    secretAccessKey: 'a secret that never travels',
  }
  const standIn: S3StandIn = {
    settings,
    objects,
    refused: 0,
    busy: 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = createServer((request, response) => void answer(request, response))
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const url = new URL(request.url ?? '', settings.endpoint)
    const end = (status: number, text: string | Buffer = '') => response.writeHead(status).end(text)
    if (standIn.busy > 0) {
      standIn.busy -= 1
      return end(503, '<Error><Code>SlowDown</Code></Error>')
    }
    if (!isSigned(request, url, body, settings)) {
      standIn.refused += 1
      return end(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
    }
    const [, bucket = '', ...rest] = url.pathname.split('/')
    if (bucket !== settings.bucket) return end(404, '<Error><Code>NoSuchBucket</Code></Error>')
    const key = rest.join('/')
    if (key === '') return end(200, listing(objects, url.searchParams))
    if (request.method === 'PUT') objects.set(key, body)
    if (request.method === 'DELETE') return end(objects.delete(key) ? 204 : 204)
    const found = objects.get(key)
    return found ? end(200, request.method === 'GET' ? found : '') : end(404)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  settings.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return standIn
}

function listing(objects: Map<string, Buffer>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const all = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()
  const from = Number(query.get('continuation-token')?.replace('a&b', '') ?? 0)
  const page = all
    .slice(from, from + pageKeys)
    .map((key) => `<Contents><Key>${key}</Key></Contents>`)
  const isMore = from + pageKeys < all.length
  const token = `<NextContinuationToken>a&amp;b${from + pageKeys}</NextContinuationToken>`
  return `<ListBucketResult>${page.join('')}${isMore ? token : ''}</ListBucketResult>`
}

/** Signature Version 4, made from what came in and the secret both sides know. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer, settings: S3Settings): boolean {
  const given = signatureIn(request, url)
  if (!given) return false
  const { credential, names, signature, at } = given
  const [keyId, ...scope] = credential.split('/')
  const [day = '', region = '', service = '', last = ''] = scope
  if (keyId !== settings.accessKeyId || region !== settings.region) return false
  const hash = given.isLink ? 'UNSIGNED-PAYLOAD' : request.headers['x-amz-content-sha256']
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== hex(body)) return false
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .toSorted()
    .join('&')
  const signed = names.split(';')
  const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [request.method, url.pathname, query, headers.join(''), names, hash].join('\n')
  const text = ['AWS4-HMAC-SHA256', at, scope.join('/'), hex(Buffer.from(canonical))].join('\n')
  const key = [day, region, service, last].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${settings.secretAccessKey}`,
  )
  const expected = createHmac('sha256', key).update(text).digest('hex')
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
}

/** In a header, or in a link whose time is not over. */
function signatureIn({ headers }: IncomingMessage, { searchParams }: URL) {
  const linked = searchParams.get('X-Amz-Signature')
  const said = (name: string) => searchParams.get(`X-Amz-${name}`) ?? ''
  if (linked !== null) {
    const at = said('Date')
    const began = Date.parse(at.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    if (!(Date.now() < began + Number(said('Expires')) * 1_000)) return undefined
    const [credential, names] = [said('Credential'), said('SignedHeaders')]
    return { credential, names, signature: linked.padEnd(64).slice(0, 64), at, isLink: true }
  }
  const given = /Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})/.exec(
    headers.authorization ?? '',
  )
  if (!given) return undefined
  const [, credential = '', names = '', signature = ''] = given
  return { credential, names, signature, at: headers['x-amz-date'], isLink: false }
}

const hex = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
