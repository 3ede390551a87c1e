/** A schema as plain data that never changes, parts that still hold taken from an earlier one. */
import { ArraySchema, MapSchema, Metadata, Schema } from '@colyseus/schema'
import { changeBetween } from './protocol.ts'

export function plain(value: unknown, before?: unknown): unknown {
  if (value instanceof Schema) return plainFields(value, before)
  if (value instanceof MapSchema) {
    const copy = new Map<string, unknown>()
    for (const [key, item] of value.entries()) copy.set(key, plain(item))
    return changeBetween(before, copy) === undefined ? before : copy
  }
  if (value instanceof ArraySchema) {
    const copy = Array.from(value, (item) => plain(item))
    return changeBetween(before, copy) === undefined ? before : copy
  }
  return value ?? null
}

function plainFields(value: Schema, before: unknown): Record<string, unknown> {
  const fields = value as unknown as Record<string, unknown>
  const known = before as Record<string, unknown> | undefined
  const copy: Record<string, unknown> = {}
  let isSame = known !== undefined && known !== null
  for (const name of Object.keys(Metadata.getFields(value.constructor))) {
    copy[name] = plain(fields[name], known?.[name])
    isSame &&= Object.is(copy[name], known?.[name])
  }
  return isSame ? (known as Record<string, unknown>) : copy
}
