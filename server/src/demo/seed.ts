/** Puts the people of the demo and their channels into the database, once. */
import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { World } from '@odeon/rooms/ports'
import type { Accounts } from '../accounts/accounts.ts'
import { type User, UserEntity } from '../accounts/entities.ts'
import { passwordCost, passwords } from '../accounts/passwords.ts'
import type { Channels } from '../channels/channels.ts'
import { Refused } from '../platform/http/refusal.ts'
import { demoGuests, demoMark, type DemoPerson, demoPeople, emailOf } from './people.ts'

export interface SeedDeps {
  em(): EntityManager
  accounts: Accounts
  channels: Channels
  world: Pick<World, 'now' | 'newId'>
  /** Gives the accounts that are shown new passwords. */
  renew: boolean
}

export interface ShownAccount {
  email: string
  password: string
  who: string
}

export interface Seeded {
  host: User
  /** Those with a channel, the host first. */
  people: User[]
  guests: User[]
  /** Passwords that were made just now; they are kept nowhere but as hashes. */
  accounts: ShownAccount[]
}

/** Can be read aloud and typed: sixteen letters and digits that are not mistaken for each other. */
export function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  // 248 is the largest multiple of 31 in a byte: beyond it some letters would come more often.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, 16)
  const text = letters.map((byte) => alphabet[byte % alphabet.length]).join('')
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

export async function seedDemo(deps: SeedDeps): Promise<Seeded> {
  const emails = demoPeople.map(emailOf)
  const known = await deps.em().find(UserEntity, { email: { $in: emails } })
  const byEmail = new Map(known.map((user) => [user.email, user]))
  const shown: ShownAccount[] = []
  const seat = async (person: DemoPerson): Promise<User> => {
    const email = emailOf(person)
    const before = byEmail.get(email)
    const isShown = person.shown !== undefined && (!before || deps.renew)
    const password = isShown ? readablePassword() : undefined
    if (isShown && password) shown.push({ email, password, who: person.shown ?? '' })
    if (before && password) await setPassword(deps.em(), before.id, password)
    return await complete(deps, person, before ?? (await makePerson(deps, person, password)))
  }
  const people = await Promise.all(demoPeople.map(seat))
  const [host] = people
  if (!host) throw new Error('the demo has no host')
  const visitors = await guests(deps)
  const order = (one: ShownAccount) => emails.indexOf(one.email)
  return {
    host,
    people,
    guests: visitors,
    accounts: shown.sort((a, b) => order(a) - order(b)),
  }
}

/** Without a password nobody can sign in as them, which is right for those not shown. */
async function makePerson(
  deps: SeedDeps,
  { username, name }: DemoPerson,
  password: string | undefined,
): Promise<User> {
  const email = emailOf({ username })
  if (password !== undefined) {
    const user = await deps.accounts.service.people.register({ username, email, password })
    if (!(user instanceof Refused)) return user
    throw new Error(`the demo cannot have ${username}: ${user.code}. Start with DEMO=off.`)
  }
  const own = deps.em()
  const user = own.create(UserEntity, {
    id: deps.world.newId(),
    kind: 'account',
    username,
    name,
    email,
    passwordHash: null,
    about: '',
    settings: {},
    platformRole: 'user',
    suspendedAt: null,
    createdAt: new Date(deps.world.now()),
  })
  await own.flush()
  return user
}

/** What is left to do after an earlier start was cut short is done now; the mark comes last. */
async function complete(deps: SeedDeps, person: DemoPerson, user: User): Promise<User> {
  if (user.about.endsWith(demoMark)) return user
  const channel = await deps.channels.ensure(user.id)
  if (channel) {
    const { handle } = channel
    await deps.channels.update({ handle, ownerId: user.id, change: person.channel })
  }
  const about = `${person.about} ${demoMark}`
  return await deps.accounts.service.people.update(user.id, { name: person.name, about })
}

async function guests(deps: SeedDeps): Promise<User[]> {
  const { people } = deps.accounts.service
  const known = await deps.em().find(UserEntity, { kind: 'guest', about: demoMark })
  const names = new Set(known.map((guest) => guest.name))
  const made = await Promise.all(
    demoGuests
      .filter((name) => !names.has(name))
      .map(async (name) => {
        const guest = await people.guest(name)
        return await people.update(guest.id, { about: demoMark })
      }),
  )
  return [...known, ...made]
}

async function setPassword(em: EntityManager, id: string, password: string): Promise<void> {
  const passwordHash = await passwords(passwordCost).hash(password)
  if (passwordHash instanceof Refused) throw new Error('too many passwords at once')
  await em.nativeUpdate(UserEntity, { id }, { passwordHash })
}
