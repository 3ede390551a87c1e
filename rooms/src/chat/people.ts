/** Who can be named in chat: people who are here or who spoke. Bounded; found by name. */
import { chatLimits } from './protocol.ts'

interface Known {
  readonly id: string
  readonly name: string
}

export class People {
  readonly #here = new Map<string, Known>()
  /** Of those who left, who spoke; oldest first. */
  readonly #spoke = new Map<string, Known>()
  readonly #byName = new Map<string, Set<string>>()

  came({ id, name }: Known): void {
    const hasSpoken = this.#spoke.has(id)
    this.#forget(id)
    this.#here.set(id, { id, name })
    if (hasSpoken) this.#spoke.set(id, { id, name })
    this.#index(id, name)
  }

  left(id: string): void {
    if (this.#spoke.has(id)) this.#here.delete(id)
    else this.#forget(id)
  }

  spoke({ id, name }: Known): void {
    const isNew = !this.#here.has(id) && !this.#spoke.has(id)
    this.#spoke.delete(id)
    this.#spoke.set(id, { id, name })
    if (isNew) this.#index(id, name)
    if (this.#spoke.size <= chatLimits.spokenMax) return
    const oldest = this.#spoke.keys().next().value as string
    if (this.#here.has(oldest)) this.#spoke.delete(oldest)
    else this.#forget(oldest)
  }

  nameOf(id: string): string | undefined {
    return (this.#here.get(id) ?? this.#spoke.get(id))?.name
  }

  /** Ids of those with this name in any case, who spoke before who did not. */
  named(name: string): string[] {
    const ids = [...(this.#byName.get(keyOf(name)) ?? [])]
    return ids.sort((one, other) => Number(this.#spoke.has(other)) - Number(this.#spoke.has(one)))
  }

  #index(id: string, name: string): void {
    const key = keyOf(name)
    const ids = this.#byName.get(key)
    if (ids === undefined) this.#byName.set(key, new Set([id]))
    else ids.add(id)
  }

  #forget(id: string): void {
    const name = this.nameOf(id)
    this.#here.delete(id)
    this.#spoke.delete(id)
    if (name === undefined) return
    const ids = this.#byName.get(keyOf(name))
    ids?.delete(id)
    if (ids?.size === 0) this.#byName.delete(keyOf(name))
  }
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase()
