// The house rules applied to every file of the repository, and each shown to bite.
import { expect, test } from 'vitest'
import {
  complaints,
  everyFile,
  type File,
  fewImports,
  finished,
  goodNames,
  oneBaseRoom,
  openers,
  type Rule,
  read,
  shortFiles,
  shortFunctions,
  shortLines,
} from './.ci/tidy.rules.ts'

const root = import.meta.dirname
const text = /\.(tsx?|m?js|css|html|json|md|ya?ml|sql)$|(^|\/)(run|Dockerfile|LICENSE)$/
const paths = everyFile(root)
const files = paths.filter((path) => text.test(path)).map((path) => read(root, path))

/** What breaks a rule today, by `rule path`. It may only shrink: a stale line fails the test. */
const excused = new Set<string>([])

const rules: Record<string, Rule> = {
  shortFiles,
  shortFunctions,
  shortLines,
  fewImports,
  goodNames,
  openers,
  oneBaseRoom,
  finished,
}

function demandNone(found: string[]): void {
  if (found.length > 0) throw new Error(`\n${found.join('\n')}\n`)
}

test.each(Object.entries(rules))('[REP-05] %s holds in every file', (name, rule) => {
  expect(files.length).toBeGreaterThan(50)
  demandNone(
    files.flatMap((file) => {
      const found = complaints([file], [rule])
      if (!excused.has(`${name} ${file.path}`)) return found
      return found.length > 0 ? [] : [`${name} ${file.path} is fine now: take it off the list.`]
    }),
  )
})

const lines = (count: number) => '\n'.repeat(count)
const bad: [name: string, file: File, says: string][] = [
  ['shortFiles', { path: 'a.ts', text: lines(301) }, '301 lines'],
  ['shortFunctions', { path: 'a.ts', text: `const f = () => {${lines(71)}}` }, 'a function of 72'],
  ['shortFunctions', { path: 'a.ts', text: `class A { m() {${lines(71)}} }` }, 'a function of 72'],
  [
    'shortFunctions',
    { path: 'a.ts', text: `() => {${lines(71)}\nclass A {\n}}` },
    'a function of 73',
  ],
  ['shortLines', { path: 'a.css', text: `/* ${'x'.repeat(100)} */` }, '106 columns'],
  ['fewImports', { path: 'a.ts', text: "import './b.ts'\n".repeat(13) }, '13 imports of our own'],
  ['goodNames', { path: 'src/RoomThing.ts', text: '' }, 'kebab-case'],
  ['goodNames', { path: 'src/chat/utils.ts', text: '' }, '"utils" says nothing'],
  ['goodNames', { path: 'src/helpers/join.ts', text: '' }, '"helpers" says nothing'],
  ['goodNames', { path: 'src/seat-manager.ts', text: '' }, '"manager" says nothing'],
  ['openers', { path: 'a.ts', text: 'export {}' }, 'open the file'],
  ['openers', { path: 'a.ts', text: '/**\n * a\n * b\n * c\n * d\n */' }, 'opens with 4 lines'],
  ['openers', { path: 'a.ts', text: '// a\n// b\n// c\n// d\nexport {}' }, 'opens with 4 lines'],
  [
    'oneBaseRoom',
    {
      path: 'rooms/src/dm/dm-room.ts',
      text: "import { Room as R } from '@colyseus/core'\nexport class DmRoom extends R {}",
    },
    "rooms/src/dm/dm-room.ts:2  extends Colyseus' own room",
  ],
  [
    'oneBaseRoom',
    {
      path: 'rooms/src/dm/dm-room.ts',
      text: "import * as c from '@colyseus/core'\nexport const D = class extends c.Room {}",
    },
    "extends Colyseus' own room",
  ],
  ['finished', { path: 'a.md', text: ['a\nTO', 'DO: more'].join('') }, 'a.md:2  finish it'],
  [
    'finished',
    { path: 'a.json', text: ['"/', 'home/someone/odeon"'].join('') },
    'a path of one machine',
  ],
  [
    'finished',
    { path: 'a.ts', text: ['// oxlint-', 'disable no-console'].join('') },
    'silences a check',
  ],
]

test('[REP-05] every house rule complains about what it forbids, and says where', () => {
  for (const [name, file, says] of bad) {
    const rule = rules[name]
    if (!rule) expect.fail(`no rule is called ${name}`)
    expect(complaints([file], [rule]).join('\n'), name).toContain(says)
  }
  const proven = new Set(bad.map(([name]) => name))
  expect(Object.keys(rules).filter((name) => !proven.has(name))).toEqual([])
})

/** `chat` here and `chats` there would be two names for one thing. */
// Rooms themselves are no capability: the SDK has the room it is in, the server has many.
test('[REP-06] a capability has one name in every workspace', () => {
  const names = new Map<string, Set<string>>()
  for (const path of paths) {
    const folder = /^[a-z-]+\/src\/([a-z-]+)\//.exec(path)?.[1]
    const stem = folder?.replace(/s$/, '')
    if (!folder || !stem || stem === 'room') continue
    names.set(stem, (names.get(stem) ?? new Set()).add(folder))
  }
  const twins = [...names.values()].filter((spellings) => spellings.size > 1)
  demandNone(twins.map((twin) => `${[...twin].join(' and ')}: one capability, one folder name.`))
})

interface Package {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  allowScripts: Record<string, boolean>
}
const json = <T>(path: string) => JSON.parse(read(root, path).text) as T
const packages = paths.filter((path) => /(^|\/)package\.json$/.test(path))
const locks = paths.filter((path) => /(^|\/)package-lock\.json$/.test(path))

test('[REP-07] every dependency is pinned to one exact version', () => {
  const versions = new Map<string, string>()
  const found: string[] = []
  expect(packages.length).toBeGreaterThan(5)
  for (const path of packages) {
    const { dependencies, devDependencies } = json<Package>(path)
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) found.push(`${path}: pin ${name} ${version}`)
      const other = versions.get(name) ?? version
      if (other !== version) found.push(`${path}: ${name} ${version} is ${other} elsewhere`)
      versions.set(name, version)
    }
  }
  demandNone(found)
})

interface LockedPackage {
  resolved?: string
  link?: boolean
  hasInstallScript?: boolean
  optionalDependencies?: Record<string, string>
}
interface Lock {
  packages: Record<string, LockedPackage>
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)

test('[REP-07] lock files name no registry', () => {
  const found = locks.flatMap((file) => {
    const entries = Object.entries(json<Lock>(file).packages)
    expect(entries.length).toBeGreaterThan(1)
    const named = entries.filter(([, { resolved, link }]) => resolved && !link)
    return named.map(([path]) => `${file}: drop "resolved" of ${nameOf(path)}; registries differ.`)
  })
  demandNone(found)
})

/** Left out, a package for another system makes `npm ci` refuse there, and here without it. */
test('[REP-07] the lock file knows the packages of every platform', () => {
  const lock = json<Lock>('package-lock.json').packages
  const known = new Set(Object.keys(lock).map(nameOf))
  const optional = Object.values(lock).flatMap((entry) => {
    return Object.keys(entry.optionalDependencies ?? {})
  })
  expect(optional.length).toBeGreaterThan(50)
  const missing = [...new Set(optional)].filter((name) => !known.has(name))
  demandNone(missing.map((name) => `package-lock.json has no ${name}: it is for another system.`))
})

test('[REP-07] every install script is judged', () => {
  const judged = json<Package>('package.json').allowScripts
  const scripted = Object.entries(json<Lock>('package-lock.json').packages).filter(
    ([path, { hasInstallScript }]) => hasInstallScript && !(nameOf(path) in judged),
  )
  demandNone(
    scripted.map(([path]) => `${nameOf(path)} runs a script at install: judge it in allowScripts.`),
  )
})
