/** Recordings as files: one folder a room, one file a segment. */
import { randomBytes } from 'node:crypto'
import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkedKey, type SegmentStore } from './segment-store.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const draft = /\.[0-9a-f]{12}$/

export function folderStore(folder: string): SegmentStore {
  const pathOf = (key: string) => join(folder, checkedKey(key))
  return {
    place: `the folder ${folder}`,
    async probe() {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.W_OK)
    },
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      const written = `${path}.${randomBytes(6).toString('hex')}`
      await writeFile(written, bytes, { mode: 0o644 })
      await rename(written, path)
    },
    async get(key) {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    async remove(key) {
      const path = pathOf(key)
      await rm(path, { force: true })
      await rmdir(dirname(path)).catch((error: unknown) => {
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
      })
    },
    async list(shelf) {
      const path = dirname(pathOf(`${shelf}/x`))
      const names = await readdir(path).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return []
        throw error
      })
      return names.filter((name) => !draft.test(name)).map((name) => `${shelf}/${name}`)
    },
  }
}
