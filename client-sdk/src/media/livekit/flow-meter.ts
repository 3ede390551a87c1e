/** What flows each way, out of WebRTC's counters, from one asking to the next. */
import type { MediaFlow, MediaStats } from '../media-shapes.ts'

/** Counters of one stream of packets. */
interface Count {
  bytes: number
  packets: number
  lost: number
}

type Reports = readonly (RTCStatsReport | undefined)[]

interface Totals {
  counts: Map<string, Count>
  rttMs: number | undefined
}

/** Fields of the reports that are counted here, by `type`. */
interface Counter {
  id: string
  type: string
  timestamp: number
  bytesSent?: number
  bytesReceived?: number
  packetsSent?: number
  packetsReceived?: number
  packetsLost?: number
  localId?: string
  nominated?: boolean
  currentRoundTripTime?: number
}

export class FlowMeter {
  #sent = new Map<string, Count>()
  #received = new Map<string, Count>()
  #atMs: number | undefined

  /** Rates are of the time since the last call; 0 with the first. */
  measure(reports: { sent: Reports; received: Reports }): MediaStats {
    const atMs = newestOf([...reports.sent, ...reports.received])
    const seconds = this.#atMs === undefined || atMs === undefined ? 0 : (atMs - this.#atMs) / 1_000
    const sent = totalsOf(reports.sent)
    const received = totalsOf(reports.received)
    const stats = {
      sent: flowOf(sent, this.#sent, seconds),
      received: flowOf(received, this.#received, seconds),
    }
    this.#sent = sent.counts
    this.#received = received.counts
    this.#atMs = atMs
    return stats
  }
}

function flowOf({ counts, rttMs }: Totals, before: Map<string, Count>, seconds: number): MediaFlow {
  const sum: Count = { bytes: 0, packets: 0, lost: 0 }
  for (const [id, now] of counts) {
    const { bytes, packets, lost } = before.get(id) ?? { bytes: 0, packets: 0, lost: 0 }
    sum.bytes += Math.max(0, now.bytes - bytes)
    sum.packets += Math.max(0, now.packets - packets)
    sum.lost += Math.max(0, now.lost - lost)
  }
  const all = sum.packets + sum.lost
  return {
    bitrateBps: seconds > 0 ? Math.round((sum.bytes * 8) / seconds) : 0,
    lossShare: all > 0 ? sum.lost / all : 0,
    rttMs,
  }
}

function totalsOf(reports: Reports): Totals {
  const counts = new Map<string, Count>()
  const lostById = new Map<string, number>()
  let rttMs: number | undefined
  for (const counter of countersOf(reports)) {
    if (counter.type === 'outbound-rtp') {
      const { id, bytesSent = 0, packetsSent = 0 } = counter
      counts.set(id, { bytes: bytesSent, packets: packetsSent, lost: 0 })
    } else if (counter.type === 'inbound-rtp') {
      const { id, bytesReceived = 0, packetsReceived = 0, packetsLost = 0 } = counter
      counts.set(id, { bytes: bytesReceived, packets: packetsReceived, lost: packetsLost })
    } else if (counter.type === 'remote-inbound-rtp' && counter.localId !== undefined) {
      lostById.set(counter.localId, counter.packetsLost ?? 0)
    } else if (counter.type === 'candidate-pair' && counter.nominated) {
      const seconds = counter.currentRoundTripTime
      if (seconds !== undefined) rttMs = Math.max(rttMs ?? 0, seconds * 1_000)
    }
  }
  for (const [id, lost] of lostById) {
    const count = counts.get(id)
    if (count) count.lost = lost
  }
  return { counts, rttMs }
}

function countersOf(reports: Reports): Counter[] {
  return reports.flatMap((report) => (report ? ([...report.values()] as Counter[]) : []))
}

function newestOf(reports: Reports): number | undefined {
  const times = countersOf(reports).map(({ timestamp }) => timestamp)
  return times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined
}
