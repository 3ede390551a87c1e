import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folderMailer } from './folder-mailer.ts'
import { MailUnavailable, mailLimits } from './mailer.ts'
import { resendMailer } from './resend-mailer.ts'
import { verificationLetter } from './verification-letter.ts'

const link = 'https://odeon.example/verify-email#abc'
const letter = (more: Partial<Parameters<typeof verificationLetter>[0]> = {}) =>
  verificationLetter({ id: 'one', to: 'ann@example.org', name: 'Ann', link, hours: 24, ...more })

interface Got {
  path: string | undefined
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}

/** Speaks Resend's HTTP: one letter a POST, a bearer key, an id or a named error. */
async function standIn(answer: 'takes' | 'refuses' | 'hangs') {
  const got: Got[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Got['body']
      got.push({ path: request.url, headers: request.headers, body })
      if (answer === 'hangs') return
      response.writeHead(answer === 'takes' ? 200 : 403, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer === 'takes' ? { id: 'x' } : { name: 'invalid_api_key' }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, got }
}

const folder = await mkdtemp(join(tmpdir(), 'odeon-mail-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

test('[MAI-01] a letter is handed to Resend with both bodies, the key and an id against doubles', async () => {
  const { url, got } = await standIn('takes')
  const mailer = resendMailer({ apiKey: 're_secret', from: 'Odeon <o@odeon.example>', url })
  await mailer.send(letter())
  expect(got).toHaveLength(1)
  expect(got[0]).toMatchObject({
    path: '/emails',
    headers: { authorization: 'Bearer re_secret', 'idempotency-key': 'one' },
    body: { from: 'Odeon <o@odeon.example>', to: ['ann@example.org'], ...bodies(letter()) },
  })
})

const bodies = ({ subject, text, html }: ReturnType<typeof letter>) => ({ subject, text, html })

test('[MAI-01] a carrier that refuses, hangs or is gone is named, without the key', async () => {
  const from = 'o@odeon.example'
  const refusing = await standIn('refuses')
  const hanging = await standIn('hangs')
  const urls = [refusing.url, hanging.url, 'http://127.0.0.1:1']
  for (const url of urls) {
    const sent = resendMailer({ apiKey: 're_secret', from, url, answerMs: 200 }).send(letter())
    const error = await sent.then(
      () => expect.fail(`${url} took it`),
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(MailUnavailable)
    expect(String(error)).not.toContain('re_secret')
  }
})

test('[MAI-02] without a carrier letters are files that only their owner reads, the newest kept', async () => {
  let now = Date.UTC(2026, 10, 22)
  const mailer = folderMailer(join(folder, 'mail'), () => now)
  expect(mailer.goesTo).toEqual({ kind: 'folder', path: join(folder, 'mail') })
  await mailer.send(letter({ name: 'अनिता' }))
  const [name = ''] = await readdir(join(folder, 'mail'))
  const file = join(folder, 'mail', name)
  expect((await stat(file)).mode & 0o077).toBe(0)
  const written = await readFile(file, 'utf8')
  expect(written).toContain('To: ann@example.org\r\n')
  const parts = [...written.matchAll(/base64\r\n\r\n([\s\S]+?)\r\n--/g)].map(([, body = '']) =>
    Buffer.from(body, 'base64').toString(),
  )
  expect(parts[0]).toContain('Hello अनिता')
  expect(parts[0]).toContain(link)
  expect(parts[1]).toContain(`href="${link}"`)
  for (let one = 0; one < mailLimits.folderLettersMax; one += 1) {
    await writeFile(join(folder, 'mail', `2026-11-20-${one}.eml`), 'old')
  }
  now += 1
  await mailer.send(letter({ id: 'two' }))
  const left = await readdir(join(folder, 'mail'))
  expect(left).toHaveLength(mailLimits.folderLettersMax)
  expect(left.filter((name) => name.startsWith('2026-11-22'))).toHaveLength(2)
  await writeFile(join(folder, 'file'), '')
  await expect(folderMailer(join(folder, 'file')).send(letter())).rejects.toThrow(MailUnavailable)
})

test('[MAI-03] letters hold no picture, no counting link and no markup of others', () => {
  const { html, text } = letter({ name: '<img src=x onerror=alert(1)>&"' })
  expect(html).not.toMatch(/<img|<script|url\(/i)
  expect(html).toContain('&lt;img src=x')
  expect([...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([found]) => found)).toEqual([link, link])
  expect([...text.matchAll(/https?:\/\/\S+/g)].map(([found]) => found)).toEqual([link])
  const broken = { ...letter(), to: 'a@b.c\r\nBcc: all@example.org' }
  return expect(folderMailer(folder).send(broken)).rejects.toThrow('header')
})
