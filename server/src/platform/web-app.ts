/** The web app: built when its sources changed, served with a page for every address of its own. */
import { join } from 'node:path'
import express, { type Express, type Request, type Response } from 'express'
import { buildWebApp } from './web-app/build.ts'
import { type Compressed, compressedIn } from './web-app/compress.ts'
import { type Describe, pageFor } from './web-app/page-for.ts'

export interface WebApp {
  /** True when it was built just now. */
  built: boolean
  /** `describe` says what a page is about, for whoever shows a link to it. */
  mount(app: Express, describe?: Describe): void
}

export interface WebAppOptions {
  /** The repository's root. */
  root: string
  say(text: string): void
}

/** Names with a hash of the content in them never change what they hold. */
const forever = 'public, max-age=31536000, immutable'
const askEachTime = 'no-cache'

/** What programs talk to: nothing below is ever a page. */
const notPages = /^\/(v1|matchmake|assets|health|ready|metrics|openapi\.json|docs)(\/|$)/

export async function webApp({ root, say }: WebAppOptions): Promise<WebApp> {
  const { dist, built } = await buildWebApp({ root, say })
  const compressed = await compressedIn(dist)
  return {
    built,
    mount(app, describe) {
      const page = pageFor(join(dist, 'index.html'), describe)
      app.use((request, response, next) => {
        if (isRead(request)) preferCompressed(compressed, request, response)
        next()
      })
      app.use(
        express.static(dist, {
          index: false,
          redirect: false,
          setHeaders: (response, path) =>
            response.setHeader(
              'cache-control',
              path.startsWith(join(dist, 'assets')) ? forever : askEachTime,
            ),
        }),
      )
      app.use((request, response, next) => {
        if (!isRead(request) || !isPage(request)) return next()
        response.setHeader('cache-control', askEachTime)
        page(request).then((html) => response.type('html').send(html), next)
      })
    },
  }
}

/** In place of the web app when it is switched off. */
export function withoutWebApp(app: Express): void {
  app.get('/', (_request, response) => {
    response.type('text').send('Odeon. The web app is off (WEB=off); the API is at /docs.\n')
  })
}

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD'

function isPage(request: Request): boolean {
  const { path } = request
  const isFile = path.slice(path.lastIndexOf('/')).includes('.')
  return !notPages.test(path) && !isFile && request.accepts('html') !== false
}

function preferCompressed(compressed: Compressed, request: Request, response: Response): void {
  const type = compressed.get(request.path)
  if (type === undefined) return
  response.vary('accept-encoding')
  if (!request.acceptsEncodings('br')) return
  request.url = `${request.path}.br`
  response.setHeader('content-encoding', 'br')
  response.setHeader('content-type', type)
}
