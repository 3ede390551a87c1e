// The whole table of who may act on whom.
import { expect, test } from 'vitest'
import { mayActOn, mayUndo, type Relation } from './rank.ts'

const relations: Relation[] = ['viewer', 'moderator', 'host', 'staff']

test.each<[actor: Relation, on: Relation[]]>([
  ['viewer', []],
  ['moderator', ['viewer']],
  ['host', ['viewer', 'moderator']],
  ['staff', ['viewer', 'moderator', 'staff']],
])('[SAN-01] a %s acts on %j and nobody else', (actor, on) => {
  expect(relations.filter((target) => mayActOn(actor, target))).toEqual(on)
})

test.each<[actor: Relation, of: Relation[]]>([
  ['viewer', []],
  ['moderator', ['viewer', 'moderator']],
  ['host', ['viewer', 'moderator', 'host']],
  ['staff', ['viewer', 'moderator', 'host', 'staff']],
])('[SAN-06] a %s takes back what %j did', (actor, of) => {
  expect(relations.filter((doneBy) => mayUndo(actor, doneBy))).toEqual(of)
})
