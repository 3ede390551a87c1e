/** A room's state as its users see it: plain, typed, and with callbacks for what changes in it. */
import { guarded, Listeners } from '../listeners.ts'
import { settle } from './settle.ts'
import type { StateMirror } from './state-mirror.ts'

export class StateView<State> {
  readonly #changed = new Listeners()
  #mirror: Pick<StateMirror, 'read'> | undefined
  readonly #view: ((plain: unknown) => State) | undefined
  #plain: unknown
  #shown: State | undefined

  /** `view` makes of the plain state what users shall see; without it they see the state itself. */
  constructor(view?: (plain: unknown) => State) {
    this.#view = view
  }

  get current(): State {
    const before = this.#plain
    if (this.#mirror !== undefined) this.#plain = this.#mirror.read(before)
    if (this.#view === undefined || this.#plain === undefined) return this.#plain as State
    if (this.#shown === undefined || this.#plain !== before) {
      this.#shown = settle(this.#view(this.#plain), this.#shown)
    }
    return this.#shown
  }

  /** A frame was applied to `mirror`, which may be another one than before. */
  renew(mirror: Pick<StateMirror, 'read'>): void {
    this.#mirror = mirror
    this.#changed.tell()
  }

  /** Calls back after every frame, changed or not. */
  onFrame(call: () => void): () => void {
    return this.#changed.add(call)
  }

  /** Calls back when what `select` picks out changes, with the value now and before. */
  onChange<Value>(
    select: (state: State) => Value,
    call: (now: Value, before: Value) => void,
  ): () => void {
    let before = select(this.current)
    return this.#changed.add(() => {
      const now = settle(select(this.current), before)
      if (Object.is(now, before)) return
      const last = before
      before = now
      guarded(() => call(now, last))
    })
  }

  clear(): void {
    this.#changed.clear()
  }
}
