/** The scenarios: every file of this folder that exports one, by its name. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from './scenario.ts'

const folder = import.meta.dirname
const notScenarios = new Set(['scenario.ts', 'find-scenario.ts'])

/** For `--help`, in the order of the alphabet. */
export async function allScenarios(): Promise<[name: string, Scenario][]> {
  const files = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notScenarios.has(file),
  )
  return Promise.all(
    files.toSorted().map(async (file): Promise<[string, Scenario]> => {
      const { scenario } = (await import(join(folder, file))) as { scenario: Scenario }
      return [file.slice(0, -3), scenario]
    }),
  )
}

/** Throws with the names there are when it is none of them, or none for that kind of room. */
export async function findScenario(name: string, room: string): Promise<Scenario> {
  const fitting = (await allScenarios()).filter(([, { rooms }]) => rooms.includes(room))
  const found = fitting.find(([known]) => known === name)?.[1]
  if (found !== undefined) return found
  const names = fitting.map(([known]) => known).join(', ')
  throw new Error(`--scenario must be one of ${names}, not ${name}.`)
}
