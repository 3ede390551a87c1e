/** Compressed twins beside the files of the app, made once when it is built. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
/** Smaller ones fit into a packet anyway. */
const bytesMin = 1_024
/** The best quality takes ten times as long for a few per cent. */
const quality = 9

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
}

/** Content types of the files that have a twin, by their address. */
export type Compressed = ReadonlyMap<string, string>

export async function compressAll(dist: string): Promise<void> {
  const files = await filesIn(dist)
  await Promise.all(
    files.map(async (file) => {
      if (types[extname(file)] === undefined) return
      const content = await readFile(join(dist, file))
      if (content.length < bytesMin) return
      const params = { [constants.BROTLI_PARAM_QUALITY]: quality }
      await writeFile(join(dist, `${file}.br`), await compress(content, { params }))
    }),
  )
}

export async function compressedIn(dist: string): Promise<Compressed> {
  const files = await filesIn(dist)
  return new Map(
    files
      .filter((file) => file.endsWith('.br'))
      .map((file) => file.slice(0, -'.br'.length))
      .map((file) => [`/${file.split(sep).join('/')}`, types[extname(file)] ?? 'text/plain']),
  )
}

async function filesIn(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true, recursive: true })
  return inside
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
