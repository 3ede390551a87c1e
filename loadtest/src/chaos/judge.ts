/** What must be true of the books after gifts were given while everything was killed. */
import type { BookedBattle, BookedGift } from '../odeon/books.ts'
import type { AskedGift } from './givers.ts'

export interface Evidence {
  asked: readonly AskedGift[]
  booked: readonly BookedGift[]
  /** What all accounts summed to whenever it was looked at, while coins moved. */
  looks: readonly number[]
  /** Units of combos by id, as their sums tell. */
  combos: Readonly<Record<string, number>>
  /** Coins by person: as the ledger has them, and as their own room told them last. */
  coins: Readonly<Record<string, number>>
  toldCoins: Readonly<Record<string, number>>
  /** Faults that `verifyLedger` found, and events it has not handed on. */
  ledgerFaults: readonly string[]
  waiting: number
  /** By stream: numbers of gifts in their order, in the kept log and as its host heard of them. */
  logged: Readonly<Record<string, readonly number[]>>
  heard: Readonly<Record<string, readonly number[]>>
  /** Points of each side as each of its rooms shows them in the end, and the winner. */
  shown: readonly { points: Record<string, number>; winner: number }[]
  battle: BookedBattle | undefined
}

export interface Finding {
  name: string
  holds: boolean
  found: string
}

const shownMax = 3
const givenShareLeast = 0.5

function finding(name: string, looked: string, wrong: readonly string[]): Finding {
  const some = wrong.slice(0, shownMax).join('; ')
  return { name, holds: wrong.length === 0, found: wrong.length === 0 ? looked : some }
}

export function judge(evidence: Evidence): Finding[] {
  return [
    ofEnough(evidence),
    ...ofGifts(evidence),
    ...ofSums(evidence),
    ...ofEffects(evidence),
    ofBattle(evidence),
  ]
}

/** Where hardly anything happened nothing is shown. */
function ofEnough({ asked, looks, toldCoins }: Evidence): Finding {
  const acked = asked.filter(({ answer }) => answer !== undefined && 'n' in answer).length
  const people = Object.keys(toldCoins).length
  const isEnough = acked > 0 && acked >= asked.length * givenShareLeast
  const few = [
    ...(isEnough ? [] : [`${acked} of ${asked.length} gifts were given`]),
    ...(looks.length > 0 ? [] : ['nobody looked at the sums']),
    ...(people > 0 ? [] : ['nobody was told what they have']),
  ]
  return finding('enough was given, looked at and told', `${acked} gifts`, few)
}

function ofGifts({ asked, booked }: Evidence): Finding[] {
  const byAskId = Map.groupBy(booked, ({ askId }) => askId)
  const byId = new Map(asked.map((gift) => [gift.askId, gift]))
  const acked = asked.filter(({ answer }) => answer !== undefined && 'n' in answer)
  const refused = asked.filter(({ answer }) => answer !== undefined && 'refused' in answer)
  const same = (gift: AskedGift, row: BookedGift) =>
    row.coins === gift.coins &&
    row.from === gift.from &&
    row.streamId === gift.streamId &&
    gift.answer !== undefined &&
    'n' in gift.answer &&
    row.n === gift.answer.n &&
    row.comboId === gift.answer.comboId
  const missing = acked.filter((gift) => !byAskId.get(gift.askId)?.some((row) => same(gift, row)))
  const doubled = [...byAskId].filter(([, rows]) => rows.length > 1)
  const strange = booked.filter(({ askId }) => !byId.has(askId))
  const paid = refused.filter(({ askId }) => byAskId.has(askId))
  const open = asked.filter(({ answer }) => answer === undefined)
  return [
    finding(
      'every acknowledged gift is booked as it was answered',
      `${acked.length} gifts`,
      missing.map(({ askId }) => askId),
    ),
    finding(
      'no gift is booked twice',
      `${byAskId.size} ids`,
      doubled.map(([askId]) => askId),
    ),
    finding(
      'no gift is booked that nobody asked for',
      `${booked.length} rows`,
      strange.map(({ askId }) => askId),
    ),
    finding(
      'who was refused paid nothing',
      `${refused.length} refused`,
      paid.map(({ askId }) => askId),
    ),
    finding(
      'everybody knows in the end what became of it',
      `${asked.length} asked`,
      open.map(({ askId }) => askId),
    ),
  ]
}

function ofSums({ booked, combos, looks, ledgerFaults }: Evidence): Finding[] {
  const counted: Record<string, number> = {}
  for (const { comboId, units } of booked) counted[comboId] = (counted[comboId] ?? 0) + units
  const ids = new Set([...Object.keys(counted), ...Object.keys(combos)])
  const wrong = [...ids].filter((id) => counted[id] !== combos[id])
  return [
    finding(
      'all accounts sum to zero at every look while coins move',
      `${looks.length} looks`,
      looks.filter((sum) => sum !== 0).map((sum) => `they sum to ${sum}`),
    ),
    finding('every account is the sum of its postings, all sum to zero', 'verified', ledgerFaults),
    finding('units of each combo are the sum of its gifts', `${ids.size} combos`, wrong),
  ]
}

function ofEffects(evidence: Evidence): Finding[] {
  const { booked, coins, toldCoins, waiting, logged, heard } = evidence
  const people = Object.keys(toldCoins)
  const untold = people.filter((id) => toldCoins[id] !== coins[id])
  const perStream = Map.groupBy(booked, ({ streamId }) => streamId)
  const unlogged = Object.entries(logged).flatMap(([streamId, numbers]) => {
    const count = perStream.get(streamId)?.length ?? 0
    const isInOrder = numbers.length === count && numbers.every((n, at) => n === at + 1)
    const there = new Set(numbers)
    const missing = Array.from({ length: count }, (_, at) => at + 1).filter((n) => !there.has(n))
    const told = `${numbers.length} of ${count} in the log of ${streamId}`
    return isInOrder ? [] : [`${told}, without ${missing.slice(0, 5).join(', ') || 'their order'}`]
  })
  const disordered = Object.entries(heard).flatMap(([streamId, numbers]) => {
    const at = numbers.findIndex((n, place) => place > 0 && n <= (numbers[place - 1] as number))
    return at < 0 ? [] : [`${numbers[at]} behind ${numbers[at - 1]} in ${streamId}`]
  })
  return [
    finding('nothing waits in the outbox', 'empty', waiting === 0 ? [] : [`${waiting} events`]),
    finding(
      'people are told what they have, to the coin',
      `${people.length} people`,
      untold.map((id) => `${id} has ${coins[id]}, was told ${toldCoins[id]}`),
    ),
    finding(
      'the log of each stream has each gift once, in its order',
      `${Object.keys(logged).length} streams`,
      unlogged,
    ),
    finding('nobody heard of a gift twice', `${Object.keys(heard).length} hosts`, disordered),
  ]
}

const textOf = (points: Readonly<Record<string, number>>) =>
  Object.entries(points)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, sum]) => `…${id.slice(-6)} ${sum}`)
    .join(', ')

function ofBattle({ battle, shown }: Evidence): Finding {
  const name = 'the battle ends with the fold of the ledger, the same in both rooms'
  if (battle === undefined || !battle.isOver) return finding(name, '', ['it did not end'])
  const folded = textOf(battle.folded)
  const wrong = textOf(battle.told) === folded ? [] : [`told ${textOf(battle.told)}, is ${folded}`]
  for (const { points, winner } of shown) {
    if (textOf(points) !== folded) wrong.push(`a room shows ${textOf(points)}, it is ${folded}`)
    if (winner !== (battle.winner ?? -1)) wrong.push(`a room shows team ${winner} as the winner`)
  }
  if (shown.length < Object.keys(battle.folded).length) wrong.push('a room did not show the end')
  return finding(name, folded, wrong)
}
