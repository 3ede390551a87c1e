/** What the forms check before they ask the server; the server has the last word. */
export const credentialLimits = {
  usernameCharsMin: 3,
  usernameCharsMax: 20,
  passwordCharsMin: 10,
  nameCharsMax: 40,
  aboutCharsMax: 255,
} as const

export type Field = 'email' | 'password' | 'username' | 'name' | 'about'
export type Wrong = Partial<Record<Field, string>>

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text.trim())
}

export function isUsername(text: string): boolean {
  const { usernameCharsMin, usernameCharsMax } = credentialLimits
  const name = text.trim()
  return (
    /^[a-z0-9_]+$/i.test(name) && name.length >= usernameCharsMin && name.length <= usernameCharsMax
  )
}

export function isPassword(text: string): boolean {
  return (
    new TextEncoder().encode(text.normalize('NFKC')).length >= credentialLimits.passwordCharsMin
  )
}
