/** Parts of the page that are fetched when they are about to be used. */
import { type ComponentType, lazy, Suspense } from 'react'
import { loadWords } from '../text/language.ts'

const pausesMs = [500, 2_000, 5_000]

/** A short absence of the server is waited out; a longer one is the page's error to show. */
async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  return load()
}

/** What comes later says words of its own: they arrive with it. */
async function withWords<T>(load: () => Promise<T>): Promise<T> {
  const [part] = await Promise.all([load(), loadWords()])
  return part
}

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Part = lazy(async () => ({ default: await patiently(() => withWords(load)) }))
  return function Later(props: Props) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    )
  }
}

/** Fetches ahead of the click; should it fail, the click asks again and has the last word. */
export function ahead(load: () => Promise<unknown>): () => void {
  return () => void load().catch(() => undefined)
}
