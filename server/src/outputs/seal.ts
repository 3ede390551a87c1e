/**
 * Secrets at rest: AES-256-GCM under a named key, bound to what they belong to, so that one moved
 * to another row opens no more. The newest key seals, older ones still open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

export interface Seal {
  /** `about` must be said again to open it. Another text each time. */
  seal(text: string, about: string): Buffer
  /** Undefined when no key opens it: altered, moved, or sealed under a key that is gone. */
  open(sealed: Buffer, about: string): string | undefined
}

/** `keys` are `<name>:<32 bytes in base64url>`, newest first; without any `fallback` makes one. */
export function sealWith(keys: readonly string[], fallback: Uint8Array): Seal {
  const named = new Map(
    keys.map((key) => {
      const [name = '', bytes = ''] = key.split(':')
      return [name, Buffer.from(bytes, 'base64url')]
    }),
  )
  const made = Buffer.from(hkdfSync('sha256', fallback, '', 'odeon secrets at rest', 32))
  // Under its own name last, so that what was sealed before keys were set still opens.
  named.set('', made)
  const [[newest, newestKey] = ['', made] as const] = named

  return {
    seal(text, about) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', newestKey, nonce)
      cipher.setAAD(Buffer.from(`${newest}\n${about}`))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const name = Buffer.from(newest)
      return Buffer.concat([Buffer.from([name.length]), name, nonce, cipher.getAuthTag(), body])
    },

    open(sealed, about) {
      const start = 1 + (sealed[0] ?? 0)
      const name = sealed.subarray(1, start).toString()
      const key = named.get(name)
      if (key === undefined || sealed.length < start + nonceBytes + tagBytes) return undefined
      const tagAt = start + nonceBytes
      const nonce = sealed.subarray(start, tagAt)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(`${name}\n${about}`))
      decipher.setAuthTag(sealed.subarray(tagAt, tagAt + tagBytes))
      try {
        const body = sealed.subarray(tagAt + tagBytes)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
