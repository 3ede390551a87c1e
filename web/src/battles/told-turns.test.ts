// What is said of a battle, in order, as its state and the clock go on.
import { expect, it } from 'vitest'
import { enBattles } from '../text/en-battles.ts'
import { translations } from '../text/translations.ts'
import type { BattleNow, BattleSideNow } from './battle-view.ts'
import { nothingTold, toldNext } from './told-turns.ts'

translations.add('en', enBattles)
translations.choose('en')
const { t } = translations.current()

const side = (streamId: string, team: number) =>
  ({
    streamId,
    name: streamId,
    team,
    points: 0,
    boostFrom: 0,
    boostUntil: 0,
    mistUntil: 0,
  }) as BattleSideNow

/** A page that looks each second, its battle, and what was said on it. */
function page(minutes = 5) {
  const startsAt = 3_000
  let battle = {
    id: 'one',
    phase: 'countdown',
    minutes,
    startsAt,
    endsAt: startsAt + minutes * 60_000,
    sides: [side('Asha', 0), side('Bela', 1)],
  } as unknown as BattleNow
  let told = nothingTold
  let now = 0
  const said: string[] = []
  const look = () => {
    const next = toldNext(told, { t, battle, now, streamId: 'Asha', language: 'en' })
    if (next.times > told.times) said.push(next.text)
    told = next
  }
  return {
    said,
    becomes(more: object) {
      battle = { ...battle, ...more }
      look()
    },
    sides: (more: Partial<BattleSideNow>) => [side('Asha', 0), { ...side('Bela', 1), ...more }],
    get endsAt() {
      return battle.endsAt
    },
    to(atMs: number) {
      for (; now < atMs; now += 1_000) look()
      look()
    },
  }
}
const soon = 'A battle starts in 3 seconds: Asha and Bela.'
const begun = 'The battle has begun. It takes 5 minutes.'

it('[WEB-204] each turn is told once and in order: begin, boost, the time three times, the end', () => {
  const { said, becomes, to, sides } = page()
  to(3_000)
  becomes({ phase: 'scoring' })
  to(78_000)
  // Told ahead, said when it is on, and nothing is said when it ends.
  becomes({ sides: sides({ boostFrom: 81_000, boostUntil: 111_000 }) })
  expect(said).toEqual([soon, begun])
  to(81_000)
  expect(said).toEqual([soon, begun, 'Gifts for Bela count twice.'])
  to(111_000)
  becomes({ sides: sides({ points: 7 }) })
  to(303_000)
  becomes({ phase: 'tally' })
  becomes({ phase: 'victory', winner: 1, end: 'time' })
  expect(said).toEqual([
    soon,
    begun,
    'Gifts for Bela count twice.',
    '60 seconds left. In front: Bela.',
    '30 seconds left. In front: Bela.',
    '10 seconds left. In front: Bela.',
    'Bela won',
  ])
})

it('[WEB-204] a boost within the last minute repeats no call, and a second one is told, too', () => {
  const { said, becomes, to, sides } = page(1)
  to(3_000)
  becomes({ phase: 'scoring' })
  to(18_000)
  becomes({ sides: sides({ boostFrom: 21_000, boostUntil: 51_000 }) })
  to(36_000)
  becomes({ sides: sides({ boostFrom: 39_000, boostUntil: 63_000 }) })
  to(62_000)
  expect(said).toEqual([
    soon,
    'The battle has begun. It takes 1 minute.',
    'Gifts for Bela count twice.',
    '30 seconds left. Nobody is in front.',
    'Gifts for Bela count twice.',
    '10 seconds left. Nobody is in front.',
  ])
})

it('[WEB-204] behind overtime comes no call that was made, and none that is earlier', () => {
  const battle = page()
  const { said, becomes, to } = battle
  to(3_000)
  becomes({ phase: 'scoring' })
  to(battle.endsAt - 25_000)
  becomes({ endsAt: battle.endsAt + 10_000, overtimes: 1 })
  to(battle.endsAt - 5_000)
  becomes({ endsAt: battle.endsAt + 10_000, overtimes: 2 })
  to(battle.endsAt - 1_000)
  const [first, second, third, fourth, fifth, ...more] = said
  expect([first, second, ...more]).toEqual([soon, begun])
  expect([third, fourth, fifth].map((text) => text?.split('.')[0])).toEqual([
    '60 seconds left',
    '30 seconds left',
    '10 seconds left',
  ])
})

it('[WEB-204] whoever comes in the middle of it hears what is left, not that it begins', () => {
  const { said, becomes } = page()
  becomes({})
  expect(said).toEqual([soon])
  const late = toldNext(nothingTold, {
    t,
    battle: {
      id: 'one',
      phase: 'scoring',
      minutes: 5,
      endsAt: 300_000,
      sides: [side('Asha', 0), side('Bela', 1)],
    } as unknown as BattleNow,
    now: 253_400,
    streamId: 'Asha',
    language: 'en',
  })
  expect(late.text).toBe('47 seconds left. Nobody is in front.')
})
