/** `/docs`: the API on one page, made from the endpoints; no script and nothing from elsewhere. */
import { z } from 'zod'
import { type Endpoint, endpoint } from './endpoint.ts'
import { type OpenApiInfo, refusalsOf } from './open-api.ts'

const style = `
:root { color-scheme: dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: #131019; color: #f4f0fa }
a { color: #ffb547 }
section { background: #1b1724; border: 1px solid #372f47; border-radius: 14px; padding: 1rem;
  margin: 1rem 0; overflow-wrap: anywhere }
h2 { font-size: 1rem; margin: 0 }
h2 b { color: #ffb547; display: inline-block; min-width: 4.5rem }
p, dl { margin: .5rem 0 0; color: #a89fb8 }
dt { float: left; clear: left; min-width: 15rem; font-family: ui-monospace, monospace }
dd { margin: 0 0 0 15rem }
@media (max-width: 40rem) { dt { float: none } dd { margin: 0 } }
`

const needs = {
  none: 'Anyone.',
  optional: 'Anyone; a token is used when given.',
  user: 'Anyone signed in, guests too.',
  account: 'Signed in with an account.',
  moderator: 'Platform moderators.',
  admin: 'Platform administrators.',
} as const

export function docsEndpoints(endpoints: () => readonly Endpoint[], info: OpenApiInfo): Endpoint[] {
  let page: string | undefined
  return [
    endpoint(
      {
        method: 'GET',
        path: '/docs',
        summary: 'This API on one page.',
        auth: 'none',
        reply: z.string(),
        produces: 'text/html; charset=utf-8',
      },
      () => (page ??= render(endpoints(), info)),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/docs/style.css',
        summary: 'How the page looks.',
        auth: 'none',
        limit: [],
        reply: z.string(),
        produces: 'text/css; charset=utf-8',
      },
      () => style,
    ),
  ]
}

function render(endpoints: readonly Endpoint[], info: OpenApiInfo): string {
  const title = escape(`${info.title} ${info.version}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/style.css"></head>
<body><main><h1>${title}</h1>
<p>${escape(info.description ?? '')} For programs: <a href="/openapi.json">openapi.json</a>.</p>
${endpoints.map(section).join('\n')}
</main></body></html>
`
}

function section(one: Endpoint): string {
  const refusals = Object.entries(refusalsOf(one))
    .map(([code, spec]) => `<dt>${spec.status} ${escape(code)}</dt><dd>${escape(spec.text)}</dd>`)
    .join('')
  return (
    `<section><h2><b>${one.method}</b> ${escape(one.path)}</h2>` +
    `<p>${escape(one.summary)} ${needs[one.auth]}</p>` +
    `<details><summary>Refusals</summary><dl>${refusals}</dl></details></section>`
  )
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
