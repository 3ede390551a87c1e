/** What settings ask of one another: which are missing or wrong beside those that are there. */

export const expectedForms = {
  publicAddress: 'a host with port or path and no protocol, such as odeon.example/p/{port}',
  mailFrom: 'a sender such as Odeon <house@odeon.example>',
} as const

interface Together {
  NODE_ENV: string
  JWT_SECRET?: string | undefined
  PUBLIC_URL?: string | undefined
  DEMO?: string | undefined
  REVIEWER_LOOPBACK: string
  RESEND_API_KEY?: string | undefined
  MAIL_FROM?: string | undefined
  REDIS_URL?: string | undefined
  DATABASE_URL?: string | undefined
  PUBLIC_ADDRESS?: string | undefined
  PORT: number
  ROLE: string
  INSTANCE?: number | undefined
  NODE_APP_INSTANCE?: number | undefined
}

/** Each begins with the name of the setting that is to be mended and a colon. */
export function missingTogether(settings: Together): string[] {
  return [missingInProduction, missingForMail, missingForSeveral].flatMap((of) => of(settings))
}

/** What may be made up on one's own machine and never where strangers come. */
function missingInProduction(settings: Together): string[] {
  const { NODE_ENV, JWT_SECRET, PUBLIC_URL, DEMO, REVIEWER_LOOPBACK } = settings
  if (NODE_ENV !== 'production') return []
  const problems: string[] = []
  if (JWT_SECRET === undefined) {
    problems.push(
      'JWT_SECRET: expected in production; make one with `openssl rand -base64 48` and keep it',
    )
  }
  if (PUBLIC_URL === undefined) {
    problems.push(
      'PUBLIC_URL: expected in production, the address people use, such as https://odeon.example',
    )
  }
  if (DEMO !== undefined && DEMO !== 'off') {
    problems.push('DEMO: expected off in production, where no made-up people belong')
  }
  if (REVIEWER_LOOPBACK === 'on') {
    problems.push('REVIEWER_LOOPBACK: expected off in production; it lets hosts reach this machine')
  }
  return problems
}

function missingForMail({ RESEND_API_KEY, MAIL_FROM }: Together): string[] {
  if (RESEND_API_KEY === undefined || MAIL_FROM !== undefined) return []
  return [`MAIL_FROM: expected with RESEND_API_KEY, ${expectedForms.mailFrom}`]
}

/** Sockets must reach the very process that runs their room. */
function missingForSeveral(settings: Together): string[] {
  const { REDIS_URL, DATABASE_URL, PUBLIC_ADDRESS, NODE_ENV, PORT, ROLE } = settings
  const instance = settings.INSTANCE ?? settings.NODE_APP_INSTANCE ?? 0
  const problems: string[] = []
  if (REDIS_URL === undefined) {
    return ROLE === 'all' ? [] : [`REDIS_URL: expected with ROLE=${ROLE}, shared by all processes`]
  }
  // The embedded database is for one process alone, and one that has a part of several is not.
  const part = ROLE === 'all' ? `INSTANCE=${instance}` : `ROLE=${ROLE}`
  if (DATABASE_URL === undefined && (ROLE !== 'all' || instance > 0)) {
    problems.push(`DATABASE_URL: expected with REDIS_URL and ${part}, the same for all processes`)
  }
  if (PUBLIC_ADDRESS === undefined && NODE_ENV === 'production' && ROLE !== 'worker') {
    problems.push(`PUBLIC_ADDRESS: expected with REDIS_URL, ${expectedForms.publicAddress}`)
  }
  const isByPort = PUBLIC_ADDRESS === undefined || PUBLIC_ADDRESS.includes('{port}')
  if (isByPort && PORT === 0) problems.push('PORT: expected one that is not 0 with REDIS_URL')
  return problems
}
