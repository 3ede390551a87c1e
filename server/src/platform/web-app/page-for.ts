/** The one page of the app, with what it is about in its head: for link previews (UI-22). */
import { readFile } from 'node:fs/promises'
import type { Request } from 'express'
import { factsOf } from '../http/request-facts.ts'

export interface PageFacts {
  title: string
  description: string
  /** A path on this server. */
  image?: string | null
}

/** Null for pages that are about nothing in particular. */
export type Describe = (path: string) => Promise<PageFacts | null>

export const previewLimits = { titleCharsMax: 120, descriptionCharsMax: 200 } as const

/** As text between tags and inside quotes: nothing of it can end either. */
export function escaped(text: string): string {
  const signs: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }
  return text.replace(/[&<>"]/g, (sign) => `&${signs[sign]};`).replaceAll("'", '&#39;')
}

function short(text: string, charsMax: number): string {
  const plain = text.replace(/\s+/gu, ' ').trim()
  const letters = [...plain]
  return letters.length > charsMax ? `${letters.slice(0, charsMax - 1).join('')}…` : plain
}

export function described(html: string, facts: PageFacts, origin: string): string {
  const title = escaped(short(facts.title, previewLimits.titleCharsMax))
  const text = escaped(short(facts.description, previewLimits.descriptionCharsMax))
  const image = escaped(new URL(facts.image || '/preview.png', origin).href)
  const put = (name: string, content: string) => (page: string) =>
    page.replace(new RegExp(`(<meta (?:name|property)="${name}" content=")[^"]*`), (_all, head) => {
      return `${head}${content}`
    })
  const changes = [
    put('description', text),
    put('og:title', title),
    put('og:description', text),
    put('og:image', image),
  ]
  const head = html.replace(/<title>[^<]*/, () => `<title>${title} · Odeon`)
  return changes.reduce((page, change) => change(page), head)
}

/** What cannot be described is served plain: a preview is never a reason for no page. */
export function pageFor(file: string, describe?: Describe): (request: Request) => Promise<string> {
  return async (request) => {
    const html = await readFile(file, 'utf8')
    const facts = await describe?.(request.path).catch(() => null)
    if (!facts) return html
    const scheme = factsOf(request).https ? 'https' : 'http'
    const origin = `${scheme}://${request.headers.host ?? ''}`
    return URL.canParse(origin) ? described(html, facts, origin) : html
  }
}
