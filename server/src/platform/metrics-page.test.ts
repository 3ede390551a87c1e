/** docs/metrics.md and what a real server says at `/metrics` hold each other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from './testing/server-process.ts'
import { testDatabaseUrl } from './testing/test-database.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8')
const rows = [...page.matchAll(/^\| `(\w+)` \| (\w+) \|(.*?) \| .+ \| .+ \|$/gm)]
const listed = new Map(rows.map(([, name = '', kind = '']) => [name, kind]))

test('[RUN-62] every metric of a real server is in the document, with its kind, and no other', async () => {
  const { url } = await startServer({ DATABASE_URL: await testDatabaseUrl() })
  const text = await (await fetch(`${url}/metrics`)).text()
  const told = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]),
  )
  // What the kernel tells is told on Linux alone.
  const here = [...listed].filter(([name]) => told.has(name) || process.platform === 'linux')
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(here))
  for (const [, name = '', labels = ''] of text.matchAll(/^(odeon_\w+)\{(.+)\} /gm)) {
    const row = rows.find(([, known = '']) => name.replace(/_(bucket|count|sum)$/, '') === known)
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) {
      if (label !== 'le') expect(row?.[3], `${name} ${label}`).toContain(`\`${label}\``)
    }
  }
})

test('[RUN-62] alerts ask for metrics that there are', () => {
  const alerts = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? ''
  const asked = [...alerts.matchAll(/\b(odeon|process|nodejs)_\w+/g)].map(([name]) => name)
  expect(asked.length).toBeGreaterThan(5)
  for (const name of asked) {
    expect(listed.has(name) || listed.has(name.replace(/_(bucket|count|sum)$/, '')), name).toBe(
      true,
    )
  }
})
