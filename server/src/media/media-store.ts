/** Where the files of pictures lie: a port with a folder behind it; S3 can stand there as well. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface MediaStore {
  /** Resolves when all of them are there; what was there under the name is replaced. */
  write(files: { name: string; bytes: Uint8Array }[]): Promise<void>
  /** Null when there is no such file. */
  read(name: string): Promise<Buffer | null>
  /** Removes every file whose name starts with `<id>-`. */
  remove(id: string): Promise<void>
}

const known = /^[0-9a-f]{32}-\d{2,4}\.webp$/

/** Files in one of 256 folders by the beginning of their name. */
export function folderStore(folder: string): MediaStore {
  // Names come from outside: only ours ever become part of a path.
  const placeOf = (name: string) => {
    if (!known.test(name)) throw new Error(`not a name of media: ${name.slice(0, 60)}`)
    return { shelf: join(folder, name.slice(0, 2)), path: join(folder, name.slice(0, 2), name) }
  }
  return {
    async write(files) {
      for (const { name, bytes } of files) {
        const { shelf, path } = placeOf(name)
        await mkdir(shelf, { recursive: true })
        // Whoever reads meets the whole file or none.
        const draft = `${path}.${randomBytes(6).toString('hex')}`
        await writeFile(draft, bytes, { mode: 0o644 })
        await rename(draft, path)
      }
    },
    async read(name) {
      try {
        return await readFile(placeOf(name).path)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    async remove(id) {
      const { shelf } = placeOf(`${id}-00.webp`)
      const names = await readdir(shelf).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      const own = names.filter((name) => name.startsWith(`${id}-`))
      await Promise.all(own.map((name) => rm(join(shelf, name), { force: true })))
    },
  }
}
