/**
 * People of a room of voices in a process of their own: one JSON command a line on stdin, one
 * answer a line on stdout. It ends when stdin does, so that none outlives the benchmark.
 */
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { comeIn, type Person, sitDown } from './people.ts'
import { type VoiceAnswer, voiceCommand } from './voice-protocol.ts'

const people = new Map<number, Person>()

function personOf(who: number): Person {
  const person = people.get(who)
  if (person === undefined) throw new Error(`nobody is number ${who}`)
  return person
}

const command = z.intersection(z.object({ seq: z.number() }), voiceCommand)
type Numbered = z.infer<typeof command>

async function act(told: Numbered): Promise<Omit<VoiceAnswer, 'seq'>> {
  switch (told.do) {
    case 'come': {
      const person = await comeIn(told.url, told.roomId)
      people.set(told.who, person)
      return { userId: person.room.you.id, identity: person.peer.identity }
    }
    case 'sit':
      await sitDown(personOf(told.who))
      return {}
    case 'talk':
      for (const { peer } of people.values()) peer.talk()
      return {}
    case 'listen':
      personOf(told.who).peer.subscribeTo(told.identity)
      return {}
    case 'count': {
      const peers = [...people.values()].map(({ peer }) => peer)
      return {
        connected: peers.filter(({ isConnected }) => isConnected).length,
        hearing: peers.filter(({ isGivenVoice }) => isGivenVoice).length,
      }
    }
  }
}

const answer = (said: VoiceAnswer): void => void process.stdout.write(`${JSON.stringify(said)}\n`)

async function obey(line: string): Promise<void> {
  const told = command.parse(JSON.parse(line))
  try {
    answer({ seq: told.seq, ...(await act(told)) })
  } catch (error) {
    answer({ seq: told.seq, error: error instanceof Error ? error.message : String(error) })
  }
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => void obey(line))
// The library would keep it alive, and the sockets of a hundred need no farewell.
lines.on('close', () => process.exit(0))
