/**
 * The reader's own gifts on their way. Each keeps its id until it is known what became of it, so
 * that sending it again pays nothing twice; and how long the combo it goes into stays open.
 */
import { newId } from '../session/new-id.ts'
import { giftLimits } from '@odeon/rooms/protocol'
import { type GiftReply, type GiftSent, type LiveConnection, Refusal } from '@odeon/sdk'

export interface OwnGift {
  /** The command's. */
  id: string
  giftId: string
  quantity: number
  coins: number
  /** `failed`: nobody answered, so it may have arrived. */
  state: 'sending' | 'failed'
}

export interface OwnCombo {
  giftId: string
  units: number
  /** Unix ms. */
  untilMs: number
}

export interface RefusedGift {
  giftId: string
  quantity: number
  coins: number
  code: string
  message: string
  retryAfterMs?: number | undefined
}

export class OwnGifts {
  gifts: readonly OwnGift[] = []
  combo: OwnCombo | null = null
  /** The last that was refused, until the next is sent or it is put aside. */
  refused: RefusedGift | null = null
  /** How many were received by the room; tells one from the next. */
  landed = 0
  readonly #room: Pick<LiveConnection, 'gifts'>
  readonly #changed: () => void
  readonly #payers = new Set<(balanceCoins: number) => void>()
  /** Sent and not answered for; told by the room they are no line any more, and still count. */
  readonly #underway = new Map<string, OwnGift>()

  constructor(room: Pick<LiveConnection, 'gifts'>, changed: () => void) {
    this.#room = room
    this.#changed = changed
  }

  /** Calls back with what is left, in coins, after each gift. */
  readonly onPaid = (call: (balanceCoins: number) => void): (() => void) => {
    this.#payers.add(call)
    return () => void this.#payers.delete(call)
  }

  /** Coins that were sent and not answered for. */
  get coinsUnderway(): number {
    let sum = 0
    for (const { coins } of this.#underway.values()) sum += coins
    return sum
  }

  /** Units of a kind that the combo will have when everything on its way has arrived. */
  unitsOf(giftId: string): number {
    const underway = this.gifts.filter((one) => one.giftId === giftId && one.state === 'sending')
    const open = this.combo?.giftId === giftId ? this.combo.units : 0
    return underway.reduce((sum, { quantity }) => sum + quantity, open)
  }

  send(gift: Pick<OwnGift, 'giftId' | 'quantity' | 'coins'>): Promise<void> {
    return this.#go({ ...gift, id: newId(), state: 'sending' })
  }

  /** With the id it had: the ledger knows whether it is paid already. */
  sendAgain({ id }: Pick<OwnGift, 'id'>): void {
    const gift = this.gifts.find((one) => one.id === id && one.state === 'failed')
    if (gift) void this.#go({ ...gift, state: 'sending' })
  }

  discard({ id }: Pick<OwnGift, 'id'>): void {
    this.#put(this.gifts.filter((one) => one.id !== id))
  }

  forgetRefused(): void {
    if (this.refused === null) return
    this.refused = null
    this.#changed()
  }

  /** The room has told everybody of it, maybe before it answered. */
  land({
    giftId,
    quantity,
    comboUnits,
  }: Pick<GiftSent, 'giftId' | 'quantity' | 'comboUnits'>): void {
    const own = this.gifts.find(
      (one) => one.state === 'sending' && one.giftId === giftId && one.quantity === quantity,
    )
    if (!own) return
    this.#grow(giftId, comboUnits)
    this.discard(own)
  }

  /** The combo's time may be over. */
  beat(now: number): void {
    if (this.combo === null || now < this.combo.untilMs) return
    this.combo = null
    this.#changed()
  }

  async #go(gift: OwnGift): Promise<void> {
    this.refused = null
    this.#underway.set(gift.id, gift)
    this.#put([...this.gifts.filter(({ id }) => id !== gift.id), gift])
    const { id: requestId, giftId, quantity } = gift
    try {
      this.#answered(gift, await this.#room.gifts.send({ giftId, quantity }, { requestId }))
    } catch (error) {
      this.#underway.delete(gift.id)
      if (error instanceof Refusal) this.#refuse(gift, error)
      else this.#put(this.gifts.map((one) => (one.id === gift.id ? failed(one) : one)))
    }
  }

  #answered(gift: OwnGift, { comboUnits, balanceCoins }: GiftReply): void {
    this.#underway.delete(gift.id)
    this.#grow(gift.giftId, comboUnits)
    this.landed += 1
    for (const call of this.#payers) call(balanceCoins)
    this.discard(gift)
  }

  #grow(giftId: string, comboUnits: number): void {
    const untilMs = Date.now() + giftLimits.comboMs
    this.combo = { giftId, units: comboUnits, untilMs }
  }

  #refuse(gift: OwnGift, { code, message, retryAfterMs }: Refusal): void {
    const { giftId, quantity, coins } = gift
    this.refused = { giftId, quantity, coins, code, message, retryAfterMs }
    this.discard(gift)
  }

  #put(gifts: readonly OwnGift[]): void {
    this.gifts = gifts
    this.#changed()
  }
}

const failed = (gift: OwnGift): OwnGift => ({ ...gift, state: 'failed' })
