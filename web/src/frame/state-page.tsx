/** A page that has nothing to show but says why and what to do: empty, error, not found. */
import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'

export function StatePage(props: {
  title: string
  text: string
  children?: ReactNode
  waiting?: boolean
}) {
  return (
    <div className="state">
      <Mark size={64} waiting={props.waiting} />
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.children ? <div className="state-actions">{props.children}</div> : null}
    </div>
  )
}
