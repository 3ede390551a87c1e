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

/** A page with the text between the markers of a section replaced. */
export function withSection(whole: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
  const from = whole.indexOf(begin)
  const to = whole.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The page has no section "${name}".`)
  return `${whole.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${whole.slice(to)}`
}

export function writeSection(name: string, text: string): void {
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), name, text))
}
