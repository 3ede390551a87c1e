/** Where films lie: links for whoever may see one, and taking it away. A bucket, or a folder. */
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { type S3Settings, s3Store } from '../recordings/store/s3-store.ts'
import type { FilmLinks } from './film-links.ts'

export interface FilmAsked {
  id: string
  path: string
  /** Unix ms until which its link is good. */
  until: number
  /** For whoever runs the house: it plays though its host is suspended. */
  isHouse: boolean
  /** What it is called where it is saved; absent: it is played. */
  saveAs?: string | undefined
}

export interface FilmStore {
  /** An address that plays one film to whoever has it, until it is good no more. */
  link(asked: FilmAsked): Promise<string>
  /** For a server that serves it itself; undefined when there is no such file. */
  open?(path: string): Promise<FileHandle | undefined>
  /** Gone or never there comes to the same. */
  remove(path: string): Promise<void>
  removeSegments(segments: string): Promise<void>
}

const knownPath = /^films\/[\w-]{1,80}\.(mp4|ogg)$/
const knownSegments = /^hls\/[\w-]{1,80}$/

function checked(path: string, known: RegExp): string {
  if (!known.test(path)) throw new Error(`not a path of a film: ${path.slice(0, 60)}`)
  return path
}

export const filmType = (path: string) => (path.endsWith('.ogg') ? 'audio/ogg' : 'video/mp4')
export const savedAs = (name: string) => `attachment; filename="${name}"`

/** `publicEndpoint` is where browsers reach it, when that is another address. */
export function s3Films(s3: S3Settings, publicEndpoint = s3.endpoint): FilmStore {
  const { bucket, endpoint: _endpoint, ...settings } = s3
  const client = new AwsClient({ ...settings, service: 's3' })
  const store = s3Store(s3)
  return {
    async link({ path, until, saveAs }) {
      const url = new URL(`${publicEndpoint}/${bucket}/${checked(path, knownPath)}`)
      const seconds = Math.max(1, Math.floor((until - Date.now()) / 1_000))
      url.searchParams.set('X-Amz-Expires', String(seconds))
      url.searchParams.set('response-content-type', filmType(path))
      if (saveAs !== undefined) {
        url.searchParams.set('response-content-disposition', savedAs(saveAs))
      }
      return (await client.sign(url.href, { method: 'GET', aws: { signQuery: true } })).url
    },
    async remove(path) {
      await store.remove(checked(path, knownPath))
    },
    async removeSegments(segments) {
      for (const key of await store.list(checked(segments, knownSegments))) {
        await store.remove(key)
      }
    },
  }
}

/** Served by this server: `folder` is where it finds what the egress service wrote. */
export function folderFilms(folder: string, links: FilmLinks): FilmStore {
  return {
    link: async ({ id, until, isHouse, saveAs }) =>
      links.sign({ id, until, isHouse, isSaved: saveAs !== undefined }),
    async open(path) {
      try {
        return await open(join(folder, checked(path, knownPath)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async remove(path) {
      await rm(join(folder, checked(path, knownPath)), { force: true })
    },
    async removeSegments(segments) {
      await rm(join(folder, checked(segments, knownSegments)), { force: true, recursive: true })
    },
  }
}
