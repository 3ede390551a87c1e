/** All pictures of one page on one sheet: a row for each state, a column for each window. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext } from 'playwright-core'

export interface Shot {
  page: string
  state: string
  /** Width, theme, language. */
  look: string
  file: string
}

const sheetWidth = 2_700

/** Written as a page first, so that the sheet can also be read in a browser. */
export async function contactSheet(options: {
  context: BrowserContext
  folder: string
  name: string
  shots: readonly Shot[]
}): Promise<string> {
  const { context, folder, name, shots } = options
  const html = join(folder, `${name}.html`)
  await writeFile(html, sheetOf(name, shots))
  const page = await context.newPage()
  await page.setViewportSize({ width: sheetWidth, height: 900 })
  await page.goto(pathToFileURL(html).href)
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
  return file
}

function sheetOf(name: string, shots: readonly Shot[]): string {
  const states = Map.groupBy(shots, ({ state }) => state)
  const rows = [...states].map(([state, of]) => {
    const pictures = of.map(({ file, look }) => {
      const picture = `<img src="${encodeURI(file)}" alt="">`
      return `<figure>${picture}<figcaption>${look}</figcaption></figure>`
    })
    return `<h2>${state}</h2><div>${pictures.join('')}</div>`
  })
  return `<!doctype html><meta charset="utf-8"><title>${name}</title>
<style>
  body { margin: 24px; background: #777; color: #fff; font: 600 15px system-ui; }
  div { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
  img { height: 420px; border: 1px solid #0006; }
  figure { margin: 0; } figcaption { font-weight: 400; }
</style>
<h1>${name}</h1>${rows.join('')}`
}
