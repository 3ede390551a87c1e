/** The name of this tab's connections: kept while the tab is, so that a reload replaces its own. */
import type { World } from '../world.ts'

const key = 'odeon.media.tab'
/** Of the 16 that a tab's name may have. */
const characters = 12

export class MediaTab {
  readonly #world: Pick<World, 'newId'>
  #name: string | undefined

  constructor(world: Pick<World, 'newId'>) {
    this.#world = world
  }

  get name(): string {
    this.#name ??= kept()?.getItem(key) ?? undefined
    return this.#name ?? this.renew()
  }

  /** A tab that was copied has the name of the first: whichever notices takes another. */
  renew(): string {
    const name = this.#world.newId().slice(0, characters)
    this.#name = name
    kept()?.setItem(key, name)
    return name
  }
}

function kept(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    // Browsers may forbid storage; the name is then kept with the page.
    return undefined
  }
}
