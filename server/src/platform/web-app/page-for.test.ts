import { expect, test } from 'vitest'
import { described, previewLimits } from './page-for.ts'

const page = `<title>Odeon</title>
<meta name="description" content="Live rooms." />
<meta property="og:title" content="Odeon" />
<meta property="og:description" content="Live rooms." />
<meta property="og:image" content="/preview.png" />`
const origin = 'https://odeon.example'

test('[WEB-73] a link shows what it leads to', () => {
  const facts = { title: 'Night set', description: 'Maya is live.', image: '/v1/media/a-256.webp' }
  const html = described(page, facts, origin)
  expect(html).toContain('<title>Night set · Odeon</title>')
  expect(html).toContain('property="og:title" content="Night set"')
  expect(html).toContain('name="description" content="Maya is live."')
  expect(html).toContain('content="https://odeon.example/v1/media/a-256.webp"')
})

test('[WEB-73] nothing that people wrote becomes markup there, and none of it is long', () => {
  const title = '"><script>alert(1)</script>\' onload=x $& $1'
  const html = described(page, { title, description: 'a '.repeat(500) }, origin)
  expect(html).not.toContain('<script>')
  expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; onload=x $&amp; $1')
  expect(html.match(/og:description" content="([^"]*)/)?.[1]?.length).toBeLessThanOrEqual(
    previewLimits.descriptionCharsMax,
  )
  expect(html).toContain('content="https://odeon.example/preview.png"')
})
