/**
 * Each process has a spool folder of its own, a slot, and takes over what dead ones left in theirs.
 * The slot names its writer; a writer keeps its name as long as its spool can be trusted.
 */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 } from 'uuid'
import {
  DataFolderInUse,
  type DataLock,
  lockData,
} from '../platform/embedded-postgres/data-lock.ts'

export interface SpoolSlot {
  dir: string
  /** Undefined once the spool missed something. */
  writer: string | undefined
  /** Something is neither stored nor spooled: whoever comes next is another writer. */
  distrust(): Promise<void>
  release(): Promise<void>
}

const slotsMax = 64

/** Takes the first free slot; `recover` stores what is found in it and in every abandoned one. */
export async function claimSlot(
  root: string,
  recover: (dir: string) => Promise<void>,
): Promise<SpoolSlot> {
  let own: { dir: string; lock: DataLock } | undefined
  try {
    for (let number = 0; number < slotsMax; number += 1) {
      const dir = join(root, String(number))
      if (own && !(await exists(dir))) break
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const lock = await lockIfFree(dir)
      if (!lock) continue
      if (!own) own = { dir, lock }
      await recover(dir)
      if (own.dir !== dir) await lock.release()
    }
    if (!own) throw new Error(`all ${slotsMax} spool folders under ${root} are in use`)
    const { dir, lock } = own
    const slot: SpoolSlot = {
      dir,
      writer: await writerOf(dir),
      distrust: async () => {
        slot.writer = undefined
        await forgetWriter(dir)
      },
      release: () => lock.release(),
    }
    return slot
  } catch (error) {
    await own?.lock.release()
    throw error
  }
}

async function lockIfFree(dir: string): Promise<DataLock | undefined> {
  try {
    return await lockData(dir)
  } catch (error) {
    if (error instanceof DataFolderInUse) return undefined
    throw error
  }
}

/** A spool is not synced, so after the machine itself went down its writer is no longer trusted. */
async function writerOf(dir: string): Promise<string> {
  const path = join(dir, 'writer')
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
  const [writer, ofBoot = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ')
  if (writer && ofBoot === boot) return writer
  const made = v7()
  await writeFile(path, `${made} ${boot}`, { mode: 0o600 })
  return made
}

async function forgetWriter(dir: string): Promise<void> {
  await rm(join(dir, 'writer'), { force: true })
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
