/** A page beyond the first screen: fetched when it is asked for, with its words and its queries. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, createElement } from 'react'
import { loadWords } from '../text/language.ts'

type Pages<Name extends string> = Record<Name, ComponentType>

export function page<Name extends string>(load: () => Promise<Pages<Name>>, name: Name) {
  return lazyRouteComponent(async () => {
    const [pages, { Queries }] = await Promise.all([load(), import('./queries.tsx'), loadWords()])
    const Page = pages[name]
    return { default: () => createElement(Queries, null, createElement(Page)) }
  })
}
