/** The letter that asks whether an address is somebody's own. No picture, no counting link. */
import type { Letter } from './mailer.ts'

export interface VerificationLetter {
  id: string
  to: string
  name: string
  link: string
  hours: number
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '')

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
  const button =
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#1b1b22;color:#ffffff;' +
    'text-decoration:none;font-weight:600'
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${subject}</title></head>`,
    '<body style="margin:0;padding:24px;background:#f6f5f2;color:#1b1b22;',
    'font:16px/1.5 system-ui,sans-serif"><div style="max-width:520px;margin:0 auto;padding:24px;',
    'background:#ffffff;border-radius:12px">',
    `<p>Hello ${escaped(name)},</p>`,
    '<p>confirm that this address is yours:</p>',
    `<p><a href="${escaped(link)}" style="${button}">Confirm my address</a></p>`,
    `<p>Or open this: <br><span style="word-break:break-all">${escaped(link)}</span></p>`,
    `<p>It works for ${hours} hours.</p>`,
    `<p style="color:#5c5c66;font-size:14px">${why} ${ignore}</p>`,
    '</div></body></html>',
  ].join('\n')
  return { id, to, subject, text, html }
}
