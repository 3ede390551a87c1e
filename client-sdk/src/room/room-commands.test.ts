import { kitLimits } from '@odeon/rooms/protocol'
import { describe, expect, test, vi } from 'vitest'
import { postedIn } from '../testing/posted-in.ts'
import { roomBench, texts } from '../testing/room-bench.ts'

const bench = roomBench()

describe('commands', () => {
  test('[SDK-04] sent while away, each lands once, in order, and resolves with its entry', async () => {
    const room = await bench.enter('bob')
    bench.line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    const sent = Array.from({ length: 8 }, (_, n) => room.chat.send(`offline ${n}`))
    expect(room.outbox).toHaveLength(8)
    bench.line.mend()
    const entries = (await Promise.all(sent)).map(postedIn)
    expect(entries.map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, n) => `offline ${n}`),
    )
    const seqs = entries.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    await vi.waitFor(() => expect(texts(bench.host)).toHaveLength(8))
    expect(texts(bench.host)).toEqual(entries.map(({ text }) => text))
    expect(room.outbox).toEqual([])
    await room.leave()
  })

  test('[SDK-22] one larger than the room takes is refused here, and the room goes on', async () => {
    const room = await bench.enter('bob')
    const tooLarge = 'x'.repeat(kitLimits.inboundBytesMax)
    await expect(room.chat.send(tooLarge)).rejects.toMatchObject({ code: 'invalid' })
    expect(await room.chat.send('small')).toMatchObject({ text: 'small' })
    await room.leave()
  })

  test('[SDK-12] refusals carry their code and text', async () => {
    const room = await bench.enter('bob')
    await expect(room.chat.send('   ')).rejects.toMatchObject({ name: 'Refusal', code: 'invalid' })
    await expect(room.start()).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(bench.host.start()).rejects.toMatchObject({ code: 'wrong_phase' })
    await room.leave()
  })

  test('[SDK-04] taps on a reaction travel together and share their answer', async () => {
    const room = await bench.enter('bob')
    const replies = await Promise.all(Array.from({ length: 12 }, () => room.react('fire')))
    expect(replies.at(-1)).toEqual({ kind: 'fire', total: 12 })
    expect(new Set(replies).size).toBe(2)
    await room.leave()
  })
})

describe('leaving', () => {
  test('[SDK-10] is consented, told to others at once, and leaves nothing behind', async () => {
    const room = await bench.enter('bob')
    await vi.waitFor(() => expect(bench.host.state.viewerCount).toBe(1))
    await room.leave()
    expect(room.connection).toBe('closed')
    expect(room.closeReason).toBe('left')
    await vi.waitFor(() => expect(bench.host.state.viewerCount).toBe(0), 5_000)
    expect(bench.wakeups).toHaveLength(1)
    await room.leave()
  })

  test('[SDK-10] works while the connection is away', async () => {
    const room = await bench.enter('bob')
    bench.line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    await room.leave()
    expect(room.closeReason).toBe('left')
    bench.line.mend()
    expect(room.connection).toBe('closed')
  })
})

test('[SDK-01] a listener that throws stops neither the others nor the log', async () => {
  const uncaught: unknown[] = []
  const keep = (error: unknown) => void uncaught.push(error)
  const known = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', keep)
  const room = await bench.enter('bob')
  const heard: string[] = []
  room.on('chat.posted', () => {
    throw new Error('mine')
  })
  room.on('chat.posted', ({ text }) => heard.push(text))
  for (const text of ['a', 'b']) await bench.host.chat.send(text)
  await vi.waitFor(() => expect(heard).toEqual(['a', 'b']))
  expect(uncaught).toHaveLength(2)
  process.off('uncaughtException', keep)
  for (const listener of known) process.on('uncaughtException', listener)
  await room.leave()
})
