/** What the audit log can be narrowed to, and its actions in words. */
import { actionKinds } from '@odeon/rooms/protocol'
import { useTranslation } from '../text/use-translation.ts'
import type { Filters } from './address-filters.ts'

/** Actions outside rooms that are recorded too. */
const houseKinds = ['platform_role', 'suspend', 'unsuspend', 'block', 'admin_claimed'] as const
export const auditKinds = [...actionKinds, ...houseKinds] as const

const dayMs = 24 * 60 * 60_000

/** What has no words is named as it is recorded. */
export function useKindText(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => {
    const known = auditKinds.find((name) => name === kind)
    return known ? t(`auditKinds.${known}`) : kind.replaceAll('_', ' ')
  }
}

/** A day in the reader's own zone; undefined for what is no day. */
function dayStart(day: string | undefined): number | undefined {
  if (!day || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  const at = new Date(`${day}T00:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}

const isId = (text: string | undefined) => text !== undefined && /^[0-9a-f-]{36}$/i.test(text)

export function auditQuery({ by, target, kind, from, to }: Filters) {
  const begin = dayStart(from)
  const end = dayStart(to)
  return {
    ...(isId(by) ? { by } : {}),
    ...(isId(target) ? { target } : {}),
    ...(kind && /^[a-z_]{1,40}$/.test(kind) ? { kind } : {}),
    ...(begin === undefined ? {} : { from: begin }),
    // The last day counts whole.
    ...(end === undefined ? {} : { to: end + dayMs }),
  }
}
