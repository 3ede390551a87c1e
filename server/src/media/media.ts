/** Pictures of people: rendered, kept under what they hold, gone when nobody refers to them. */
import { createHash } from 'node:crypto'
import type { Logger, World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { Decoder } from './decoder.ts'
import type { MediaStore } from './media-store.ts'
import {
  mediaLimits,
  type PictureRefusal,
  type RecipeName,
  recipes,
  type Rendering,
} from './protocol.ts'

export interface KeptPicture {
  id: string
  isAnimated: boolean
}

export interface Media {
  /** Refer to it within `graceMs`, or it goes again. */
  keep(
    recipe: RecipeName,
    bytes: Uint8Array,
  ): Promise<KeptPicture | Refused<PictureRefusal | 'busy'>>
  /** Draws one of our own pictures under its own id, unless it is there already. */
  draw(recipe: RecipeName, id: string, drawing: string): Promise<void>
  read(name: string): Promise<Buffer | null>
  /** Removes pictures that nobody refers to. Answers how many. */
  sweep(): Promise<number>
  /** Sweeps now and then until the result is called. */
  startSweeping(): () => Promise<void>
}

export interface MediaDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  store: MediaStore
  decoder: Decoder
  world: Pick<World, 'now'>
  log: Logger
}

export function media(deps: MediaDeps): Media {
  const { store, decoder, log } = deps
  const sweepAll = () => sweep(deps)
  return {
    sweep: sweepAll,
    read: (name) => store.read(name),

    async keep(recipe, bytes) {
      const rendering = await decoder.render({ recipe, bytes })
      return rendering instanceof Refused ? rendering : await keepFiles(deps, recipe, rendering)
    },

    async draw(recipe, id, drawing) {
      const last = `${id}-${recipes[recipe].sizes.at(-1)?.width}.webp`
      if ((await store.read(last)) !== null) return
      const { files } = await decoder.draw({ recipe, drawing })
      await store.write(named(id, files))
    },

    startSweeping() {
      let running: Promise<unknown> = Promise.resolve()
      const timer = setInterval(() => {
        running = sweepAll().catch((err: unknown) => log.warn({ err }, 'pictures were not swept'))
      }, mediaLimits.sweepEveryMs).unref()
      return async () => {
        clearInterval(timer)
        await running
        await decoder.close()
      }
    },
  }
}

async function keepFiles(
  { database, store, world }: MediaDeps,
  recipe: RecipeName,
  { files, isAnimated }: Rendering,
): Promise<KeptPicture> {
  const hash = createHash('sha256').update(recipe)
  for (const { bytes } of files) hash.update(bytes)
  const id = hash.digest('hex').slice(0, 32)
  const at = new Date(world.now())
  // The row first: a sweep that takes the same picture away holds it until its files are gone.
  await database.sql`
    insert into media (id, recipe, touched_at) values (${id}, ${recipe}, ${at})
    on conflict (id) do update set touched_at = excluded.touched_at`
  await store.write(named(id, files))
  return { id, isAnimated }
}

const named = (id: string, files: Rendering['files']) =>
  files.map(({ width, bytes }) => ({ name: `${id}-${width}.webp`, bytes }))

async function sweep({ database, store, world }: MediaDeps): Promise<number> {
  const before = new Date(world.now() - mediaLimits.graceMs)
  return await database.transaction(async (sql) => {
    const gone = await sql<{ id: string }>`
      delete from media where id in (
        select id from media m where touched_at < ${before}
          and not exists (select from channels where avatar_id = m.id)
          and not exists (select from channels where banner_id = m.id)
          and not exists (select from emotes where media_id = m.id)
        order by touched_at limit ${mediaLimits.sweptMax} for update skip locked)
      returning id`
    // Before the commit: whoever uploads the same again waits and then writes its files anew.
    for (const { id } of gone) await store.remove(id)
    return gone.length
  })
}
