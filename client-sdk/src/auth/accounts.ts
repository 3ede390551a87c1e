/** People as the API shows them. */
export interface Profile {
  id: string
  kind: 'account' | 'guest'
  /** null for guests. */
  username: string | null
  name: string
  about: string
  /** Unix ms. */
  joinedAt: number
}

export interface Settings {
  theme?: 'system' | 'light' | 'dark' | 'contrast'
  /** BCP 47: `de`, `pt-BR`. */
  language?: string
  reducedMotion?: boolean
}

/** Yourself. */
export interface Me extends Profile {
  email: string | null
  /** Whether the address was confirmed with the link of a letter. */
  emailVerified: boolean
  platformRole: 'user' | 'moderator' | 'admin'
  settings: Settings
}
