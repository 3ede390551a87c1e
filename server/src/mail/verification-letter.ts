/** The letter that asks whether an address is somebody's own. No picture, no counting link. */
import { escaped, letterButton, letterPage } from './letter-page.ts'
import type { Letter } from './mailer.ts'

export interface VerificationLetter {
  id: string
  to: string
  name: string
  link: string
  hours: number
}

export function verificationLetter({ id, to, name, link, hours }: VerificationLetter): Letter {
  const subject = 'Confirm your address for Odeon'
  const why = 'You get this because somebody made an account with this address.'
  const ignore = 'If that was not you, leave it: without a click nothing happens.'
  const text = [
    `Hello ${name},`,
    '',
    'open this link to confirm that this address is yours:',
    '',
    link,
    '',
    `It works for ${hours} hours.`,
    '',
    why,
    ignore,
    '',
  ].join('\n')
  const html = letterPage({
    language: 'en',
    subject,
    lines: [
      `<p>Hello ${escaped(name)},</p>`,
      '<p>confirm that this address is yours:</p>',
      letterButton(link, 'Confirm my address'),
      `<p>Or open this: <br><span style="word-break:break-all">${escaped(link)}</span></p>`,
      `<p>It works for ${hours} hours.</p>`,
      `<p style="color:#5c5c66;font-size:14px">${why} ${ignore}</p>`,
    ],
  })
  return { id, to, subject, text, html }
}
