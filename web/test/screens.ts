/**
 * `npm run screens [words…]`: every page and state by width, theme and language, as pictures and
 * one contact sheet a page, in a temporary folder. Words choose scenes by page or state.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gatherCast } from './screens/cast.ts'
import { contactSheet, type Shot } from './screens/contact-sheet.ts'
import { giftScenes } from './screens/gift-scenes.ts'
import { battleScenes } from './screens/battle-scenes.ts'
import { filmScenes, voicesScenes } from './screens/media-scenes.ts'
import type { Scene } from './screens/scene.ts'
import { emptyScenes, scenesWith } from './screens/scenes.ts'
import { openScreenHouse } from './screens/screen-house.ts'
import { takeScene } from './screens/take-screens.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)
const words = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'odeon-screens-'))
const house = await openScreenHouse(say)
const shots: Shot[] = []
const faults: string[] = []

async function take(scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) {
    if (!words.every((word) => `${scene.page} ${scene.state}`.includes(word))) continue
    const taken = await takeScene(house, scene, folder)
    shots.push(...taken.shots)
    faults.push(...taken.faults)
    say(`${taken.faults.length > 0 ? 'FAULT' : 'ok   '} ${scene.page} · ${scene.state}`)
    for (const fault of taken.faults) say(`      ${fault}`)
  }
}

try {
  say(`house at ${house.url}, pictures in ${folder}`)
  await take(emptyScenes)
  const cast = await gatherCast(house)
  await take(scenesWith(cast))
  if (words.length === 0 || words.includes('gifts')) await take(await giftScenes(house, cast))
  // Cameras and microphones keep the machine busy: last, and not for nothing.
  for (const [page, scenes] of Object.entries({
    battle: battleScenes,
    voices: voicesScenes,
    film: filmScenes,
  })) {
    if (words.length > 0 && !words.includes(page)) continue
    await take(await scenes(house))
    await house.dismiss()
  }
  const context = await house.browserOf(undefined)
  for (const [name, of] of Map.groupBy(shots, ({ page }) => page)) {
    say(await contactSheet({ context, folder, name, shots: of }))
  }
} finally {
  await house.close()
}
say(`${shots.length} pictures of ${new Set(shots.map(({ page }) => page)).size} pages: ${folder}`)
say(faults.length === 0 ? 'No faults.' : `${faults.length} faults, listed above.`)
process.exitCode = faults.length === 0 ? 0 : 1
