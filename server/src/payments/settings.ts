/** Settings of the gateways at which coins are bought; those that are not set are not offered. */
import { z } from 'zod'
import { leadsToThisMachine } from '../moderation/reviewer/public-address.ts'

export interface StripeSettings {
  secretKey: string
  webhookSecret: string
  /** Another address that speaks the same; absent for Stripe's own. */
  url: string | undefined
}

export interface EsewaSettings {
  productCode: string
  secretKey: string
  /** Where the form is sent, and where the status is asked; no slash at the end. */
  url: string
  statusUrl: string
}

export interface KhaltiSettings {
  secretKey: string
  url: string
}

export interface PaymentSettings {
  stripe?: StripeSettings | undefined
  esewa?: EsewaSettings | undefined
  khalti?: KhaltiSettings | undefined
  sandbox: boolean
}

const address = (example: string) =>
  z
    .string()
    .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''), {
      error: `an address such as ${example}`,
    })
    .transform((text) => text.replace(/\/+$/, ''))

const shape = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w{8,250}$/, 'the secret key as Stripe shows it, sk_… or rk_…')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S{8,250}$/, 'the signing secret of the webhook as Stripe shows it, whsec_…')
    .optional(),
  STRIPE_URL: address('https://api.stripe.com').optional(),
  ESEWA_PRODUCT_CODE: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'the product code as eSewa gives it, such as EPAYTEST')
    .optional(),
  ESEWA_SECRET_KEY: z
    .string()
    .regex(/^\S{8,200}$/, 'the secret key as eSewa gives it')
    .optional(),
  ESEWA_URL: address('https://epay.esewa.com.np').default('https://epay.esewa.com.np'),
  ESEWA_STATUS_URL: address('https://epay.esewa.com.np').optional(),
  KHALTI_SECRET_KEY: z
    .string()
    .regex(/^\S{8,200}$/, 'the secret key as Khalti shows it, without the word Key')
    .optional(),
  KHALTI_URL: address('https://khalti.com').default('https://khalti.com'),
  PAYMENTS_SANDBOX: z.enum(['on', 'off'], 'one of on, off').optional(),
}

type Given = z.output<z.ZodObject<typeof shape>> & {
  NODE_ENV: string
  DATABASE_URL?: string | undefined
  PUBLIC_URL?: string | undefined
}

function missing(given: Given): string[] {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, ESEWA_PRODUCT_CODE, ESEWA_SECRET_KEY } = given
  const problems: string[] = []
  const both = (one: [string, unknown], other: [string, unknown]) => {
    if ((one[1] === undefined) === (other[1] === undefined)) return
    const [lacks, beside] = one[1] === undefined ? [one, other] : [other, one]
    problems.push(`${lacks[0]}: expected with ${beside[0]}`)
  }
  both(['STRIPE_SECRET_KEY', STRIPE_SECRET_KEY], ['STRIPE_WEBHOOK_SECRET', STRIPE_WEBHOOK_SECRET])
  both(['ESEWA_PRODUCT_CODE', ESEWA_PRODUCT_CODE], ['ESEWA_SECRET_KEY', ESEWA_SECRET_KEY])
  const keys = [STRIPE_SECRET_KEY, ESEWA_SECRET_KEY, given.KHALTI_SECRET_KEY]
  if (given.PUBLIC_URL === undefined && keys.some((key) => key !== undefined)) {
    problems.push('PUBLIC_URL: expected with a way to pay, for people come back there')
  }
  if (given.PAYMENTS_SANDBOX === 'on') {
    if (given.NODE_ENV === 'production') {
      problems.push('PAYMENTS_SANDBOX: expected off in production, where coins cost money')
    } else if (keys.some((key) => key !== undefined)) {
      problems.push('PAYMENTS_SANDBOX: expected off beside a way to pay, where coins cost money')
    }
  }
  return problems
}

function from(given: Given): PaymentSettings {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, ESEWA_PRODUCT_CODE, ESEWA_SECRET_KEY } = given
  const { ESEWA_URL: url, ESEWA_STATUS_URL: statusUrl = url, KHALTI_SECRET_KEY } = given
  const hasStripe = STRIPE_SECRET_KEY !== undefined && STRIPE_WEBHOOK_SECRET !== undefined
  const hasEsewa = ESEWA_PRODUCT_CODE !== undefined && ESEWA_SECRET_KEY !== undefined
  // As made-up people, so made-up money: on one's own machine, on the database that comes along,
  // and nowhere where strangers come or coins are sold.
  const isOwnMachine =
    given.NODE_ENV !== 'production' &&
    given.DATABASE_URL === undefined &&
    (given.PUBLIC_URL === undefined || leadsToThisMachine(given.PUBLIC_URL)) &&
    !(hasStripe || hasEsewa || KHALTI_SECRET_KEY !== undefined)
  return {
    stripe: hasStripe
      ? {
          secretKey: STRIPE_SECRET_KEY,
          webhookSecret: STRIPE_WEBHOOK_SECRET,
          url: given.STRIPE_URL,
        }
      : undefined,
    esewa: hasEsewa
      ? { productCode: ESEWA_PRODUCT_CODE, secretKey: ESEWA_SECRET_KEY, url, statusUrl }
      : undefined,
    khalti:
      KHALTI_SECRET_KEY === undefined
        ? undefined
        : { secretKey: KHALTI_SECRET_KEY, url: given.KHALTI_URL },
    sandbox: given.PAYMENTS_SANDBOX === undefined ? isOwnMachine : given.PAYMENTS_SANDBOX === 'on',
  }
}

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const paymentSettings = {
  shape,
  secrets: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'ESEWA_SECRET_KEY', 'KHALTI_SECRET_KEY'],
  missing,
  from,
} as const
