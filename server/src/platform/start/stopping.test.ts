import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { quietLog } from '../testing/quiet-log.ts'
import { stopLimits, stopping } from './stopping.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function begun(stop: () => Promise<void>) {
  const codes: number[] = []
  const said: string[] = []
  const ending = stopping({
    log: quietLog,
    stop,
    say: (text) => void said.push(text),
    exit: (code) => void codes.push(code),
  })
  return { ending, codes, said }
}

let before: Map<(typeof signals)[number], readonly NodeJS.SignalsListener[]>
beforeEach(() => {
  vi.useFakeTimers()
  before = new Map(signals.map((signal) => [signal, process.listeners(signal)]))
  // Whoever else listens in this process would end it.
  for (const signal of signals) process.removeAllListeners(signal)
})
afterEach(() => {
  vi.useRealTimers()
  for (const [signal, others] of before) {
    process.removeAllListeners(signal)
    for (const listener of others) process.on(signal, listener)
  }
})

describe('[RUN-09] a stop happens once, cleanly, and has an end', () => {
  test.each(signals)('%s stops, and the code is 0 when all has ended', async (signal) => {
    const stop = vi.fn<() => Promise<void>>().mockResolvedValue()
    const { codes, said } = begun(stop)
    process.emit(signal)
    await vi.advanceTimersByTimeAsync(0)
    expect(stop).toHaveBeenCalledOnce()
    expect(codes).toEqual([0])
    expect(said[0]).toMatch(/^Stopping\./)
  })

  test('what never ends is left behind at the deadline, with code 1', async () => {
    const { codes } = begun(() => new Promise(() => {}))
    process.emit('SIGTERM')
    await vi.advanceTimersByTimeAsync(stopLimits.deadlineMs - 1)
    expect(codes).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes).toEqual([1])
    expect(stopLimits.deadlineMs).toBeLessThan(20_000)
  })

  test('a stop that fails ends the process all the same', async () => {
    const { codes } = begun(() => Promise.reject(new Error('no')))
    process.emit('SIGTERM')
    await vi.advanceTimersByTimeAsync(0)
    expect(codes).toEqual([1])
  })

  test('the same Ctrl-C passed on twice is one; a later one means at once', async () => {
    const stop = vi.fn<() => Promise<void>>(() => new Promise(() => {}))
    const { codes } = begun(stop)
    process.emit('SIGINT')
    process.emit('SIGINT')
    expect(codes).toEqual([])
    await vi.advanceTimersByTimeAsync(stopLimits.sameSignalMs + 1)
    process.emit('SIGINT')
    expect(codes).toEqual([130])
    expect(stop).toHaveBeenCalledOnce()
  })

  test('a fault stops it with its own code', async () => {
    const { ending, codes } = begun(() => Promise.resolve())
    ending.begin(1)
    ending.begin(0)
    await vi.advanceTimersByTimeAsync(0)
    expect(codes).toEqual([1])
  })
})
