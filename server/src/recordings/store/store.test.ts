/** One contract for both stores: a folder, and S3 over HTTP with its signatures checked. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { s3StandIn } from '../testing.ts'
import { folderStore } from './folder-store.ts'
import { s3Store } from './s3-store.ts'

const folder = await mkdtemp(join(tmpdir(), 'odeon-store-'))
const s3 = await s3StandIn()
afterAll(async () => {
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})

const stores = { folder: folderStore(folder), s3: s3Store(s3.settings) }

describe.each(Object.entries(stores))('%s', (_name, store) => {
  test('[REC-10] what was put is there whole, replaced by the next, until it is removed', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
    expect(await store.get('live_a/1-0-aa')).toBeNull()
    await store.put('live_a/1-0-aa', bytes)
    expect(await store.get('live_a/1-0-aa')).toEqual(bytes)
    await store.put('live_a/1-0-aa', bytes.subarray(0, 9))
    expect(await store.get('live_a/1-0-aa')).toEqual(bytes.subarray(0, 9))
    await store.remove('live_a/1-0-aa')
    await store.remove('live_a/1-0-aa')
    expect(await store.get('live_a/1-0-aa')).toBeNull()
  })

  test('[REC-10] a shelf lists its own, however many, and no other', async () => {
    const keys = Array.from({ length: 8 }, (_, n) => `live_b/1-${n}-aa`)
    for (const key of [...keys, 'live_bb/1-0-aa']) await store.put(key, Buffer.from(key))
    expect((await store.list('live_b')).toSorted()).toEqual(keys)
    expect(await store.list('live_c')).toEqual([])
  })

  test('[REC-15] a store that is there can be probed, and says where it is', async () => {
    await store.probe()
    expect(store.place).toMatch(/^the folder \/|^S3 at 127\.0\.0\.1:\d+, bucket theatre$/)
  })

  test('[REC-10] a key that is not one of ours is never a path', async () => {
    for (const key of ['../x', 'live_a', '/etc/passwd', 'a/../../b', 'a/b/c', 'a/..', 'a/.b']) {
      await expect(store.put(key, Buffer.alloc(1)), key).rejects.toThrow('not a key')
      await expect(store.get(key), key).rejects.toThrow('not a key')
    }
  })
})

test('[REC-10] a room without segments leaves no folder behind', async () => {
  await stores.folder.put('live_gone/1-0-aa', Buffer.alloc(4))
  await stores.folder.remove('live_gone/1-0-aa')
  expect(await readdir(folder)).not.toContain('live_gone')
})

test('[REC-11] S3 that is busy for a moment is asked again; a wrong key is refused by name', async () => {
  s3.busy = 1
  await stores.s3.put('live_d/1-0-aa', Buffer.from('x'))
  expect(s3.objects.get('live_d/1-0-aa')?.toString()).toBe('x')
  const wrong = s3Store({ ...s3.settings, secretAccessKey: 'another' })
  const refused = s3.refused
  await expect(wrong.put('live_d/1-1-aa', Buffer.from('x'))).rejects.toThrow(
    'S3 answered PUT with 403 SignatureDoesNotMatch',
  )
  expect(s3.refused).toBeGreaterThan(refused)
  const nowhere = s3Store({ ...s3.settings, bucket: 'nowhere' })
  await expect(nowhere.put('live_d/1-1-aa', Buffer.from('x'))).rejects.toThrow('no bucket')
})
