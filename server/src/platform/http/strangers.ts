/**
 * Tries of strangers at a webhook. Each address may fail so often; what is logged of all of them
 * is a line at the first and one with the sum of a minute.
 */
import type { Logger } from '@odeon/rooms/ports'
import { networkOf } from './client-address.ts'

export const strangerLimits = {
  windowMs: 60_000,
  triesPerAddressMax: 30,
  /** Beyond them all others count together. */
  addressesMax: 10_000,
} as const

export class Strangers {
  readonly #log: Logger
  readonly #signer: string
  readonly #tries = new Map<string, number>()
  #sum = 0
  #endsAt = 0

  constructor(log: Logger, signer: string) {
    this.#log = log
    this.#signer = signer
  }

  /** One more failed. Ms until this address is listened to again; 0 while it may try. */
  failed(ip: string, err: unknown): number {
    const isFirst = this.#sum === 0
    this.#sum += 1
    const network = networkOf(ip)
    const isKnown = this.#tries.has(network) || this.#tries.size < strangerLimits.addressesMax
    const address = isKnown ? network : ''
    const tries = (this.#tries.get(address) ?? 0) + 1
    this.#tries.set(address, tries)
    if (isFirst) this.#begin(network, err)
    return tries > strangerLimits.triesPerAddressMax ? Math.max(1, this.#endsAt - Date.now()) : 0
  }

  #begin(address: string, err: unknown): void {
    this.#log.warn({ err, address }, `a telling was not signed by our ${this.#signer}`)
    this.#endsAt = Date.now() + strangerLimits.windowMs
    setTimeout(() => this.#end(), strangerLimits.windowMs).unref()
  }

  #end(): void {
    const [tries, addresses] = [this.#sum, this.#tries.size]
    this.#sum = 0
    this.#tries.clear()
    if (tries > 1) {
      const text = `tellings of a minute were not signed by our ${this.#signer}`
      this.#log.warn({ tries, addresses }, text)
    }
  }
}
