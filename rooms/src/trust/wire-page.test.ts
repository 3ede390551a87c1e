/** The page on the wire, for clients without our SDK, names what there is and nothing else. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kitMessages } from '../kit/protocol.ts'
import type { LiveEvents, LiveWords, MeEvents, MeWords } from '../protocol.ts'
import { commandSamples } from '../testing/command-samples.ts'

const page = readFileSync(new URL('../../../docs/wire.md', import.meta.url), 'utf8')
const named = new Set(Array.from(page.matchAll(/`([a-z]+\.[a-z_]+)[`\s]/g), ([, name]) => name))

const commands = [...Object.keys(commandSamples), 'log.read']
/** The page names those that a client has to know of; a name that is gone does not compile. */
const heard: (keyof (LiveEvents & LiveWords & MeEvents & MeWords))[] = [
  'battle.moved',
  'chat.held',
  'chat.outcome',
  'chat.posted',
  'crew.acted',
  'gift.combo_closed',
  'gift.sent',
  'member.changed',
  'moderation.warned',
  'og.changed',
  'stream.started',
  'throne.claimed',
]

test('[REP-15] every command has its line on the page of the wire', () => {
  expect(commands.filter((name) => !named.has(name))).toEqual([])
})

test('[REP-15] the page names no command and no event that there is not', () => {
  const known = new Set([...commands, ...heard, ...Object.values(kitMessages)])
  const read = [...named].filter((name) => !name?.startsWith('state.'))
  expect(read.filter((name) => !known.has(name ?? ''))).toEqual([])
})
