/** One hash over everything the web app is made of; equal hashes build equal apps. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The app, what it is built with, and the packages whose sources it contains. */
const sources = [
  'package-lock.json',
  'web/index.html',
  'web/package.json',
  'web/vite.config.ts',
  'web/first-screen.ts',
  'web/public',
  'web/src',
  'client-sdk/package.json',
  'client-sdk/without-shapes.ts',
  'client-sdk/src',
  'rooms/package.json',
  'rooms/src',
]
const notInTheApp = /\.test\.tsx?$|\/testing\//

export async function sourceHash(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of (await Promise.all(sources.map((path) => filesUnder(root, path)))).flat()) {
    const content = await readFile(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Relative to the root, in an order that does not depend on the machine. */
async function filesUnder(root: string, path: string): Promise<string[]> {
  try {
    const inside = await readdir(join(root, path), { withFileTypes: true, recursive: true })
    return inside
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((file) => !notInTheApp.test(file))
      .sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
}
