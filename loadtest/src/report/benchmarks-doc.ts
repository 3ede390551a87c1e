/** Writes a section of docs/benchmarks.md between its markers; the rest of the page stays. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineFacts } from '../machine.ts'

const page = join(import.meta.dirname, '../../../docs/benchmarks.md')

/** What a section says of the run it comes from. */
export function provenance(command: string, versions: string): string {
  const day = new Date().toISOString().slice(0, 10)
  return `\`${command}\`, ${day}. ${machineFacts()}. ${versions}`
}

export function writeSection(name: string, text: string): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
  const whole = readFileSync(page, 'utf8')
  const from = whole.indexOf(begin)
  const to = whole.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no section "${name}"`)
  const head = whole.slice(0, from + begin.length)
  writeFileSync(page, `${head}\n\n${text.trim()}\n\n${whole.slice(to)}`)
}
