/** Without a carrier, letters are files in a folder that the start screen names. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkLetter, type Letter, type Mailer, MailUnavailable, mailLimits } from './mailer.ts'

export function folderMailer(folder: string, now: () => number = Date.now): Mailer {
  return {
    goesTo: { kind: 'folder', path: folder },
    async send(letter) {
      checkLetter(letter)
      const at = new Date(now())
      const name = `${at.toISOString().replaceAll(/[:.]/g, '-')}-${safeName(letter.id)}.eml`
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(join(folder, name), message(letter, at), { mode: 0o600 })
        await keepNewest(folder)
      } catch (cause) {
        throw new MailUnavailable('the mail folder takes nothing', { cause })
      }
    },
  }
}

const safeName = (id: string): string => id.replaceAll(/[^\w-]/g, '').slice(0, 64)

async function keepNewest(folder: string): Promise<void> {
  const letters = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort()
  const old = letters.slice(0, Math.max(0, letters.length - mailLimits.folderLettersMax))
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
}

/** Any mail program opens it (RFC 5322, MIME with both bodies). */
function message({ to, subject, text, html, id }: Letter, at: Date): string {
  const boundary = `odeon-${safeName(id)}`
  const part = (type: string, body: string): string[] => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ]
  return [
    'From: Odeon <odeon@localhost>',
    `To: ${to}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${safeName(id)}@odeon.localhost>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text),
    ...part('text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}
