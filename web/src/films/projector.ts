/**
 * Shows a film from a link that ends. When another link comes, a second screen behind takes over
 * where the first one is, so that nobody sees or hears a break.
 */
export interface FilmHears {
  played(): void
  rested(): void
  /** Somebody went elsewhere in it. */
  moved(): void
  paced(): void
  /** Its first picture is there. */
  shown(): void
  /** Time passed in it. */
  went(): void
  /** What comes next is not there yet; and then it is. */
  stalled(): void
  goesOn(): void
  failed(): void
}

const told = {
  play: 'played',
  pause: 'rested',
  seeking: 'moved',
  ratechange: 'paced',
  loadeddata: 'shown',
  timeupdate: 'went',
  waiting: 'stalled',
  playing: 'goesOn',
  error: 'failed',
} as const

/** The second screen waits so far ahead of the first one, in seconds of the film. */
const leadS = 0.4
const readyMs = 8_000
/** Nearer is the same place. */
const sameS = 0.25

export interface ProjectorOptions {
  /** What its screens stand in. */
  host: HTMLElement
  label: string
  isSound: boolean
}

export class Projector {
  readonly #options: ProjectorOptions
  readonly #listeners = new Set<Partial<FilmHears>>()
  #front: HTMLMediaElement
  /** The newest link: a screen that was made ready for an older one is not needed. */
  #url = ''

  constructor(options: ProjectorOptions) {
    this.#options = options
    this.#front = this.#screen()
  }

  /** The result stops it. */
  listen(listener: Partial<FilmHears>): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Seconds since its first picture. */
  get time(): number {
    return this.#front.currentTime
  }
  set time(seconds: number) {
    if (Math.abs(this.#front.currentTime - seconds) > sameS) this.#front.currentTime = seconds
  }

  get isPlaying(): boolean {
    return !this.#front.paused && !this.#front.ended
  }

  get isAtEnd(): boolean {
    return this.#front.ended
  }

  get pace(): number {
    return this.#front.playbackRate
  }
  set pace(pace: number) {
    this.#front.playbackRate = pace
  }

  get volume(): number {
    return this.#front.volume
  }
  set volume(volume: number) {
    this.#front.volume = volume
    // There the volume is the device's alone.
    this.#front.muted = volume === 0
  }

  /** What is seen now; undefined for a film of sound alone. */
  get picture(): HTMLVideoElement | undefined {
    return this.#front instanceof HTMLVideoElement ? this.#front : undefined
  }

  /** False when the browser lets nothing play that was not asked for by hand. */
  async play(): Promise<boolean> {
    return await isLet(this.#front)
  }

  pause(): void {
    this.#front.pause()
  }

  /** Shows the film from this link from now on. */
  async use(url: string): Promise<void> {
    const front = this.#front
    const isBroken = front.error !== null
    if (url === this.#url && !isBroken) return
    this.#url = url
    const mayCross = this.isPlaying && !isBroken && !isAlone(front)
    if (!mayCross || !(await this.#cross(front, url))) this.#replace(url)
  }

  close(): void {
    this.#url = ''
    this.#listeners.clear()
    for (const screen of this.#options.host.querySelectorAll<HTMLMediaElement>('video, audio')) {
      dark(screen)
    }
  }

  #screen(): HTMLMediaElement {
    const { host, label, isSound } = this.#options
    const screen = document.createElement(isSound ? 'audio' : 'video')
    screen.preload = 'metadata'
    screen.setAttribute('aria-label', label)
    screen.setAttribute('playsinline', '')
    for (const [type, name] of Object.entries(told)) {
      screen.addEventListener(type, () => {
        if (screen !== this.#front) return
        for (const listener of this.#listeners) listener[name]?.()
      })
    }
    host.append(screen)
    return screen
  }

  /** In its place, with a short break: what was to be seen stands until the next picture. */
  #replace(url: string): void {
    if (url !== this.#url) return
    const front = this.#front
    const { currentTime, paused, playbackRate } = front
    holdPicture(front)
    front.defaultPlaybackRate = playbackRate
    front.src = url
    front.currentTime = currentTime
    if (!paused) void isLet(front)
  }

  /** False when that cannot be had. */
  async #cross(front: HTMLMediaElement, url: string): Promise<boolean> {
    const back = this.#screen()
    back.dataset['behind'] = ''
    back.preload = 'auto'
    back.muted = true
    back.defaultPlaybackRate = front.playbackRate
    back.src = url
    const isReady =
      (await comes(back, 'loadedmetadata')) &&
      (await goes(back, front.currentTime + leadS * front.playbackRate))
    const isWanted = () => url === this.#url && front === this.#front && this.isPlaying
    const early = (back.currentTime - front.currentTime) / front.playbackRate
    if (isReady && isWanted() && early > 0 && early < 2 * leadS) {
      await new Promise((resolve) => setTimeout(resolve, early * 1_000))
      back.playbackRate = front.playbackRate
      if ((await isLet(back)) && isWanted()) {
        this.#front = back
        back.volume = front.volume
        back.muted = front.muted
        delete back.dataset['behind']
        dark(front)
        return true
      }
    }
    dark(back)
    return false
  }
}

/** Who fills a window of its own cannot be exchanged for another. */
const isAlone = (screen: HTMLMediaElement & { webkitDisplayingFullscreen?: boolean }) =>
  document.pictureInPictureElement === screen || screen.webkitDisplayingFullscreen === true

async function isLet(screen: HTMLMediaElement): Promise<boolean> {
  try {
    await screen.play()
    return true
  } catch (error) {
    return !(error instanceof DOMException && error.name === 'NotAllowedError')
  }
}

/** False when it does not come, or not in time. */
function comes(screen: HTMLMediaElement, type: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = new AbortController()
    const end = (isThere: boolean) => {
      done.abort()
      clearTimeout(late)
      resolve(isThere)
    }
    const late = setTimeout(() => end(false), readyMs)
    screen.addEventListener(type, () => end(true), { signal: done.signal })
    screen.addEventListener('error', () => end(false), { signal: done.signal })
  })
}

/** There, with enough loaded to play on. */
async function goes(screen: HTMLMediaElement, seconds: number): Promise<boolean> {
  const isReady = comes(screen, 'canplay')
  screen.currentTime = seconds
  return await isReady
}

function dark(screen: HTMLMediaElement): void {
  screen.pause()
  screen.removeAttribute('src')
  screen.load()
  screen.remove()
}

function holdPicture(screen: HTMLMediaElement): void {
  if (!(screen instanceof HTMLVideoElement) || screen.videoWidth === 0) return
  const canvas = document.createElement('canvas')
  canvas.width = screen.videoWidth
  canvas.height = screen.videoHeight
  canvas.getContext('2d')?.drawImage(screen, 0, 0)
  try {
    screen.poster = canvas.toDataURL('image/jpeg')
  } catch {
    // From another host pictures may be shown and not kept: it is dark for a moment.
  }
}
