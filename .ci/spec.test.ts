// docs/spec.md and the tests hold each other: every rule is proven, every proof names a rule.
import { existsSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { everyFile, type File, parse, read, walk } from './tidy.rules.ts'

const root = resolve(import.meta.dirname, '..')
const paths = everyFile(root)

function demandNone(found: string[]): void {
  if (found.length > 0) throw new Error(`\n${found.join('\n')}\n`)
}

const ruleId = /\b[A-Z]{2,4}-\d{2,}[a-z]?\b/g

/** Rules are bullets that open with a bold id: `- **ACC-01** Passwords are …`. */
function rulesOf(spec: string): { id: string; line: number; text: string }[] {
  return spec.split('\n').flatMap((line, index) => {
    const [, id, text = ''] = /^- \*\*([A-Z]{2,4}-\d{2,}[a-z]?)\*\*(.*)$/.exec(line) ?? []
    return id ? [{ id, line: index + 1, text }] : []
  })
}

/** Ids that titles of a test file open with: `[ACC-01] …`, `[ACC-01] [ACC-02] …`. */
function citedIn(file: File): { id: string; line: number }[] {
  const source = parse(file)
  const found: { id: string; line: number }[] = []
  walk(source, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node)) return
    const ids = /^(\[[A-Z]{2,4}-\d[^\]]*\] ?)+/.exec(node.text)?.[0] ?? ''
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    for (const [id] of ids.matchAll(ruleId)) found.push({ id, line })
  })
  return found
}

const spec = rulesOf(read(root, 'docs/spec.md').text)
/** A contract is run by the tests of each adapter. */
const isTest = /(\.test|\/testing\/[\w-]+-contract)\.tsx?$/
const tests = paths.filter((path) => isTest.test(path)).map((path) => read(root, path))

test('[REP-08] every rule of docs/spec.md is cited by the title of a test', () => {
  expect(spec.length).toBeGreaterThan(5)
  const cited = new Set(tests.flatMap(citedIn).map(({ id }) => id))
  const unproven = spec.filter(({ id }) => !cited.has(id))
  demandNone(
    unproven.map(({ id, line }) => {
      return `docs/spec.md:${line}  ${id} has no test. Begin the title that proves it with [${id}].`
    }),
  )
})

test('[REP-08] every cited rule stands in docs/spec.md, once, and says something', () => {
  const known = new Map<string, number>()
  const found: string[] = []
  for (const { id, line, text } of spec) {
    const first = known.get(id)
    if (first)
      found.push(`docs/spec.md:${line}  ${id} is taken by line ${first}. Use the next one.`)
    if (text.trim().length < 20) found.push(`docs/spec.md:${line}  ${id} says nothing testable.`)
    known.set(id, line)
  }
  for (const file of tests) {
    for (const { id, line } of citedIn(file)) {
      if (known.has(id)) continue
      found.push(`${file.path}:${line}  no rule ${id} in docs/spec.md. Write it there first.`)
    }
  }
  demandNone(found)
})

test('[REP-08] rules that other documents name exist', () => {
  const known = new Set(spec.map(({ id }) => id))
  const chapters = new Set(spec.map(({ id }) => id.split('-')[0]))
  const documents = paths.filter((path) => path.endsWith('.md') && path !== 'docs/spec.md')
  const found = documents.flatMap((path) => {
    const named = read(root, path).text.match(ruleId) ?? []
    const gone = named.filter((id) => chapters.has(id.split('-')[0]) && !known.has(id))
    return gone.map((id) => `${path} names ${id}, which is not in docs/spec.md.`)
  })
  expect(documents.length).toBeGreaterThan(5)
  demandNone(found)
})

test('[REP-08] the reader of rules and titles sees what it should', () => {
  expect(rulesOf('- **CHT-01** A line is text.\n- CHT-02 not a rule')).toEqual([
    { id: 'CHT-01', line: 1, text: ' A line is text.' },
  ])
  const text = "it('[CHT-01] [CHT-02] x CHT-03')\nit.each(rows)(`[KIT-10] ${n}`)\n['CHT-09']"
  expect(citedIn({ path: 'a.test.ts', text })).toEqual([
    { id: 'CHT-01', line: 1 },
    { id: 'CHT-02', line: 1 },
    { id: 'KIT-10', line: 2 },
  ])
})

/** GitHub's anchors: lower case, punctuation dropped, spaces to hyphens. */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.matchAll(/^#{1,6} (.+)$/gm)
  return new Set(
    [...headings].map(([, title = '']) => {
      const plain = title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
      return plain.replaceAll(' ', '-')
    }),
  )
}

function brokenLinks({ path, text }: File): string[] {
  const found: string[] = []
  text.split('\n').forEach((line, index) => {
    for (const [, link = ''] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      const [to = '', anchor] = link.split('#')
      const target = to ? normalize(join(dirname(path), to)) : path
      const where = `${path}:${index + 1}  `
      if (!existsSync(join(root, target))) found.push(`${where}${link} leads nowhere.`)
      else if (anchor && !anchorsOf(read(root, target).text).has(anchor)) {
        found.push(`${where}${target} has no heading #${anchor}.`)
      }
    }
  })
  return found
}

test('[REP-09] every document is reached from the index, every decision from its own', () => {
  const demand = (index: string, folder: RegExp) => {
    const { text } = read(root, index)
    const listed = paths.filter((path) => folder.test(path) && path !== index)
    expect(listed.length).toBeGreaterThan(3)
    const lost = listed.filter(
      (path) => !text.includes(`(${path.slice(dirname(index).length + 1)})`),
    )
    demandNone(lost.map((path) => `${index} does not list ${path}.`))
  }
  demand('docs/README.md', /^docs\/[^/]+\.md$/)
  demand('docs/decisions/README.md', /^docs\/decisions\/[^/]+\.md$/)
})

test('[REP-09] links in documents lead somewhere', () => {
  const documents = paths.filter((path) => path.endsWith('.md'))
  expect(documents.length).toBeGreaterThan(5)
  demandNone(documents.map((path) => read(root, path)).flatMap(brokenLinks))
  const bad = { path: 'docs/a.md', text: '[x](gone.md)\n[y](spec.md#nothing-here)\n[z](spec.md)' }
  expect(brokenLinks(bad)).toEqual([
    'docs/a.md:1  gone.md leads nowhere.',
    'docs/a.md:2  docs/spec.md has no heading #nothing-here.',
  ])
})
