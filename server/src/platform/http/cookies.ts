/** Reads and writes cookies. Values are our own tokens, so only a plain alphabet is needed. */
export interface CookieOptions {
  path: string
  /** 0 deletes it. */
  maxAgeSeconds: number
}

export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null)
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    // The first one wins: browsers send the most specific path first.
    if (!(name in cookies)) cookies[name] = part.slice(at + 1).trim()
  }
  return cookies
}

/** Scripts never see it, other sites never send it, and on https it never leaves in the clear. */
export function serializeCookie(
  name: string,
  value: string,
  options: CookieOptions,
  https: boolean,
): string {
  if (!/^[\w.~-]*$/.test(value)) throw new TypeError('a cookie value needs a plain alphabet')
  const secure = https ? '; Secure' : ''
  return (
    `${name}=${value}; Path=${options.path}; Max-Age=${options.maxAgeSeconds}` +
    `; HttpOnly; SameSite=Strict${secure}`
  )
}
