/** Stock Colyseus under load: one room, everything said with `broadcast`. */
import { type Client, Room } from '@colyseus/core'
import { changeState, type BenchState, openState } from '../hosts/bench-state.ts'
import { hashOf, longestQueue, openRoom, sampledQueue } from '../hosts/colyseus-host.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'

/** Colyseus' own default unless a test is in a hurry. */
const patchMs = Number(process.env['PATCH_MS'] ?? 50)

class StockRoom extends Room<{ state: BenchState }> {
  override patchRate = patchMs
  #seq = 0

  override onCreate(): void {
    this.autoDispose = false
    this.state = openState()
    this.onMessage('chat.send', (_client: Client, message: { text: string }) => {
      this.say(message.text)
    })
  }

  say(text: string): void {
    this.#seq += 1
    this.broadcast('chat.posted', { seq: this.#seq, at: Date.now(), text })
  }
}

const { room, ready } = await openRoom((server) => server.define('bench', StockRoom))
const stock = room as StockRoom
const drive = new Drive({
  say: (text) => stock.say(text),
  flush: () => {},
  isBusy: () => false,
  queuedBytes: () => sampledQueue(stock),
  change: (tick) => changeState(stock.state, tick),
})
obey(
  drive,
  {
    members: () => stock.clients.length,
    stateHash: () => hashOf(stock.state),
    queuedBytesMax: () => longestQueue(stock),
  },
  ready,
)
