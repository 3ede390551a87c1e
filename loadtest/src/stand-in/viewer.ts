/** One viewer: signs in, gets a seat, follows the log over a socket, comes back when it breaks. */
import { WebSocket } from 'ws'
import { stampOfText } from '../hosts/text.ts'
import { numberAt, roomErrorOf } from './bytes.ts'
import type { Counters } from './counters.ts'
import { NoEntry } from './door.ts'
import { LogPosition } from './log-position.ts'

const wire = {
  join: 10,
  error: 11,
  leave: 12,
  data: 13,
  state: 14,
  patch: 15,
  request: 21,
  response: 22,
}
const readId = 7
const attemptsMax = 60
const backoffMs = { first: 500, most: 8_000 } as const
const openMsMax = 20_000
const textBytes = 100

export class Viewer {
  phase: 'idle' | 'joining' | 'open' | 'away' | 'gone' = 'idle'
  token: string | undefined
  messages = 0
  readonly log: LogPosition
  readonly #number: number
  readonly #all: Counters
  #socket: WebSocket | undefined
  #attempts = 0
  #dueAt = 0
  #lostAt = 0
  #openedNs = 0n
  /** Where its socket goes when no seat is asked for. */
  readonly #url: string | undefined

  constructor(
    number: number,
    all: Counters,
    given: { token: string | undefined; url: string | undefined },
  ) {
    this.#number = number
    this.#all = all
    this.token = given.token
    this.#url = given.url
    this.log = new LogPosition(all.references, {
      broken: (what, seq) => {
        const { epoch, seq: had } = this.log
        all.broken({ what, viewer: number, epoch, had, seq })
      },
      read: (epoch, seq) => this.#read(epoch, seq),
    })
  }

  async sign(): Promise<void> {
    this.token ??= await this.#all.door.guest()
  }

  /** Resolves when it is in, or has given up for now. */
  async join(dueAt: number): Promise<void> {
    this.#dueAt = dueAt
    this.phase = 'joining'
    try {
      await this.#open(this.#url ?? (await this.#seat()))
    } catch (error) {
      if (!(error instanceof NoEntry)) throw error
      this.#end(error.message)
    }
  }

  /** Without a word, or in order. */
  cut(politely: boolean): void {
    if (politely) this.#socket?.send(Buffer.from([wire.leave]))
    this.#end(politely ? 'left' : 'cut')
  }

  stop(): void {
    this.phase = 'gone'
    this.#socket?.terminate()
  }

  async #seat(): Promise<string> {
    await this.sign()
    const seat = () => this.#all.door.seat(this.token ?? '', this.log.isPlaced)
    return seat().catch(async (error: unknown) => {
      if (!(error instanceof NoEntry && error.status === 401)) throw error
      // It has run out in a long run: somebody new comes in its place.
      this.token = undefined
      await this.sign()
      return seat()
    })
  }

  #open(url: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: openMsMax })
      this.#socket = socket
      const end = (why: string): void => {
        if (this.#socket === socket) this.#end(why + this.#whileJoining)
        resolve()
      }
      const timer = setTimeout(() => end('no state in time'), openMsMax)
      socket.on('message', (data: Buffer) => {
        if (this.#socket !== socket) return
        this.#take(data)
        if (this.phase !== 'open') return
        clearTimeout(timer)
        resolve()
      })
      socket.on('error', () => end('upgrade'))
      socket.on('close', (code) => {
        clearTimeout(timer)
        end(`closed ${code}`)
      })
    })
  }

  #take(data: Buffer): void {
    this.#all.bytes += data.length
    if (data[0] === wire.data) this.#message(data)
    else if (data[0] === wire.patch) this.log.patch(data)
    else if (data[0] === wire.state) this.#state()
    else if (data[0] === wire.join) this.#socket?.send(Buffer.from([wire.join]))
    else if (data[0] === wire.response) this.#response(data)
    else if (data[0] === wire.error) this.#end(roomErrorOf(data) + this.#whileJoining)
  }

  get #whileJoining(): string {
    return this.phase === 'joining' ? ' while joining' : ''
  }

  #state(): void {
    this.#all.states += 1
    this.log.state()
    if (this.phase !== 'joining') return
    this.phase = 'open'
    this.#attempts = 0
    this.#openedNs = process.hrtime.bigint()
    const now = performance.now()
    if (this.#lostAt === 0) this.#all.joins.add((now - this.#dueAt) * 1e6)
    else this.#all.returns.add((now - this.#lostAt) * 1e6)
  }

  #message(data: Buffer): void {
    const bodyAt = 2 + ((data[1] ?? 0) & 0x1f)
    const body = data.subarray(bodyAt)
    const name = data.toString('latin1', 2, bodyAt)
    if (name === 'room.sampled') return this.log.spare(body)
    if (name.startsWith('room.')) return this.log.place(body)
    if (!this.log.message(data, body)) return
    this.#all.messages += 1
    this.messages += 1
    if (this.#number % this.#all.sampleEvery === 0) this.#stamp(data)
  }

  #stamp(data: Buffer): void {
    const at = data.indexOf('~')
    const text = at < 0 ? '' : data.toString('latin1', at, at + textBytes)
    if (text[11] !== '~' || text[28] !== '~') return
    const dueNs = stampOfText(text)
    // What it missed counts in the time of its return.
    if (this.#lostAt !== 0 && dueNs < this.#openedNs) return
    const ns = Number(process.hrtime.bigint() - dueNs)
    this.#all.latency.add(ns)
    this.#all.second.add(ns)
  }

  #response(data: Buffer): void {
    const correlation = numberAt(data, 1)
    if (correlation?.value !== readId) return
    const at = 1 + correlation.size
    if (data[at] === 0) this.log.reply(data.subarray(at + 1))
    // "Not now" is asked again; there is nothing else to be refused with.
    else setTimeout(() => this.#read(this.log.epoch, this.log.seq), 1_000)
  }

  #read(epoch: number, after: number): void {
    const body = Buffer.alloc(24)
    let at = body.write('\x82\xa5epoch\xce', 'latin1')
    at = body.writeUInt32BE(epoch, at)
    at += body.write('\xa5after\xce', at, 'latin1')
    at = body.writeUInt32BE(after, at)
    const name = Buffer.from('\xa8log.read', 'latin1')
    const head = Buffer.from([wire.request, readId])
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(Buffer.concat([head, name, body.subarray(0, at)]))
    }
  }

  #end(why: string): void {
    if (this.phase === 'gone' || this.phase === 'away') return
    this.#all.tally(why)
    if (this.phase === 'open') this.#lostAt = performance.now()
    const wasOpen = this.phase === 'open'
    const socket = this.#socket
    this.#socket = undefined
    socket?.terminate()
    if (!this.#all.areBack || this.#attempts >= attemptsMax) {
      this.phase = 'gone'
      if (wasOpen) this.#all.gone += 1
      else this.#all.failed += 1
      return
    }
    this.phase = 'away'
    const most = Math.min(backoffMs.most, backoffMs.first * 2 ** this.#attempts)
    this.#attempts += 1
    setTimeout(() => {
      if (this.phase === 'away') void this.join(this.#dueAt).catch(this.#all.fail)
    }, this.#all.random() * most)
  }
}
