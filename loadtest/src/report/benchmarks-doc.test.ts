import { expect, test } from 'vitest'
import { provenance, withSection } from './benchmarks-doc.ts'

const page = 'above\n<!-- a: begin -->\nold\n<!-- a: end -->\nbelow\n'

test('[LOD-07] a section of the page is replaced, all else stays, a missing one is an error', () => {
  const once = withSection(page, 'a', 'new')
  expect(once).toBe('above\n<!-- a: begin -->\n\nnew\n\n<!-- a: end -->\nbelow\n')
  expect(withSection(once, 'a', 'new')).toBe(once)
  expect(() => withSection(page, 'b', 'new')).toThrow('"b"')
})

test('[LOD-07] a table says how it came about, without paths and names of machines', () => {
  const said = provenance('npm run bench -- fanout', 'ws 1.2.3')
  expect(said).toMatch(/`npm run bench -- fanout`, \d{4}-\d\d-\d\d\. \d+ cores of /)
  expect(said).toContain('ws 1.2.3')
  expect(said).not.toContain(process.cwd())
})
