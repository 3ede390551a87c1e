/** The page around the words of a letter. No picture, no counting link. */

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '')

/** `lines` are HTML already. */
export function letterPage({
  language,
  subject,
  lines,
}: {
  language: string
  subject: string
  lines: string[]
}): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${subject}</title></head>`,
    '<body style="margin:0;padding:24px;background:#f6f5f2;color:#1b1b22;',
    'font:16px/1.5 system-ui,sans-serif"><div style="max-width:520px;margin:0 auto;padding:24px;',
    'background:#ffffff;border-radius:12px">',
    ...lines,
    '</div></body></html>',
  ].join('\n')
}

/** A link that looks like a button. */
export function letterButton(link: string, text: string): string {
  const look =
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#1b1b22;color:#ffffff;' +
    'text-decoration:none;font-weight:600'
  return `<p><a href="${escaped(link)}" style="${look}">${escaped(text)}</a></p>`
}
