/** What every journal must do: the same cases for the one in memory and the one in Redis. */
import { expect, test, vi } from 'vitest'
import { type Journal, JournalFenced } from '../kit/journal/journal.ts'

const bytes = (text: string) => Buffer.from(text)
const texts = (all: readonly Buffer[]) => all.map(String)
const all = { epoch: 0, n: 0 }

let rooms = 0
/** Each case has rooms of its own. */
const newRoom = () => `live_contract-${process.pid}-${(rooms += 1)}`

export function journalContract(open: () => Journal | Promise<Journal>): void {
  test('[JRN-01] what is appended is kept in order, with its snapshot', async () => {
    const [journal, room] = [await open(), newRoom()]
    expect(await journal.claim(room, 1)).toEqual({ snapshot: undefined, records: [] })
    for (const n of [1, 2, 3]) await journal.append(room, { epoch: 1, n }, bytes(`r${n}`), all)
    await journal.snapshot(room, 1, bytes('s'))
    const { snapshot, records } = await journal.read(room)
    expect(String(snapshot)).toBe('s')
    expect(texts(records)).toEqual(['r1', 'r2', 'r3'])
    expect(texts(await journal.since(room, { epoch: 1, n: 1 }, 10))).toEqual(['r2', 'r3'])
    expect(texts(await journal.since(room, { epoch: 1, n: 1 }, 1))).toEqual(['r2'])
  })

  test('[JRN-02] calls that are under way together are kept in the order they were made', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    const order = Array.from({ length: 200 }, (_, at) => at + 1)
    await Promise.all(order.map((n) => journal.append(room, { epoch: 1, n }, bytes(`${n}`), all)))
    expect(texts((await journal.read(room)).records)).toEqual(order.map(String))
  })

  test('[JRN-03] a later epoch takes the pen: the earlier writer can write nothing more', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    await journal.append(room, { epoch: 1, n: 1 }, bytes('old'), all)
    await journal.snapshot(room, 1, bytes('old snapshot'))
    const { snapshot, records } = await journal.claim(room, 2)
    expect([String(snapshot), ...texts(records)]).toEqual(['old snapshot', 'old'])
    const late = journal.append(room, { epoch: 1, n: 2 }, bytes('late'), all)
    await expect(late).rejects.toThrow(JournalFenced)
    await expect(journal.snapshot(room, 1, bytes('late'))).rejects.toThrow(JournalFenced)
    await expect(journal.claim(room, 2)).rejects.toThrow(JournalFenced)
    await expect(journal.claim(room, 1)).rejects.toThrow(JournalFenced)
    await journal.append(room, { epoch: 2, n: 1 }, bytes('new'), all)
    const kept = await journal.read(room)
    expect([String(kept.snapshot), ...texts(kept.records)]).toEqual(['old snapshot', 'old', 'new'])
  })

  test('[JRN-04] a record appended twice, because nobody knew, is kept once', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    for (const n of [1, 1, 2, 2]) await journal.append(room, { epoch: 1, n }, bytes(`r${n}`), all)
    expect(texts((await journal.read(room)).records)).toEqual(['r1', 'r2'])
  })

  test('[JRN-05] records before the place to keep from are let go', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    for (const n of [1, 2, 3]) await journal.append(room, { epoch: 1, n }, bytes(`r${n}`), all)
    await journal.append(room, { epoch: 1, n: 4 }, bytes('r4'), { epoch: 1, n: 3 })
    expect(texts((await journal.read(room)).records)).toEqual(['r3', 'r4'])
  })

  test('[JRN-06] followers hear records and words in order, until they stop', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    const heard: string[] = []
    const stop = await journal.follow(room, (one) => heard.push(String(one)))
    await journal.append(room, { epoch: 1, n: 1 }, bytes('r1'), all)
    await journal.tell(room, bytes('beat'))
    await journal.append(room, { epoch: 1, n: 2 }, bytes('r2'), all)
    await vi.waitFor(() => expect(heard).toEqual(['r1', 'beat', 'r2']))
    stop()
    await journal.append(room, { epoch: 1, n: 3 }, bytes('r3'), all)
    const later: string[] = []
    await journal.follow(room, (one) => later.push(String(one)))
    await journal.tell(room, bytes('end'))
    await vi.waitFor(() => expect(later).toEqual(['end']))
    expect(heard).toEqual(['r1', 'beat', 'r2'])
  })

  test('[JRN-07] the writer hears what it is asked; other rooms hear nothing', async () => {
    const [journal, room, other] = [await open(), newRoom(), newRoom()]
    const heard: string[] = []
    const foreign: string[] = []
    await journal.listen(room, (one) => heard.push(String(one)))
    await journal.listen(other, (one) => foreign.push(String(one)))
    await journal.ask(room, Buffer.from([0, 255, 10, 13]))
    await journal.ask(other, bytes('theirs'))
    await vi.waitFor(() => expect(foreign).toEqual(['theirs']))
    await vi.waitFor(() => expect(heard).toEqual([String(Buffer.from([0, 255, 10, 13]))]))
  })

  test('[JRN-08] a dropped room is forgotten, not by a writer that lost the pen', async () => {
    const [journal, room] = [await open(), newRoom()]
    await journal.claim(room, 1)
    await journal.append(room, { epoch: 1, n: 1 }, bytes('r1'), all)
    await journal.claim(room, 2)
    await journal.drop(room, 1)
    expect(texts((await journal.read(room)).records)).toEqual(['r1'])
    await journal.drop(room, 2)
    expect(await journal.read(room)).toEqual({ snapshot: undefined, records: [] })
  })
}
