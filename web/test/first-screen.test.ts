import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type BuiltFile, firstScreenOf, tableOf } from '../first-screen.ts'

const chunk = (fileName: string, bytes: number, rest: Partial<BuiltFile> = {}): BuiltFile => ({
  type: 'chunk',
  fileName,
  // Hexadecimal digits of noise: half as large when compressed.
  code: randomBytes(bytes).toString('hex'),
  ...rest,
})
const files = (list: BuiltFile[]) => Object.fromEntries(list.map((file) => [file.fileName, file]))

test('[WEB-61] the first screen is the entry with everything it imports, each file once', () => {
  const weights = firstScreenOf(
    files([
      chunk('entry.js', 1_000, { isEntry: true, imports: ['a.js', 'b.js'] }),
      chunk('a.js', 3_000, { imports: ['b.js'] }),
      chunk('b.js', 2_000, { imports: ['a.js'] }),
      chunk('later.js', 90_000),
      { type: 'asset', fileName: 'style.css' },
    ]),
  )
  expect(weights.map(({ fileName }) => fileName)).toEqual(['a.js', 'b.js', 'entry.js'])
})

test('[WEB-61] the table names every file, the sum and the bar', () => {
  const table = tableOf([
    { fileName: 'a.js', gzipBytes: 61_240 },
    { fileName: 'b.js', gzipBytes: 2_000 },
  ])
  expect(table.split('\n')).toEqual([
    '    61.2 kB  a.js',
    '     2.0 kB  b.js',
    '    63.2 kB  together',
    '   120.0 kB  at most',
  ])
})
