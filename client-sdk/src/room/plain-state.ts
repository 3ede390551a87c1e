/**
 * Room state as plain values that never change: whoever holds one may compare it with a later one
 * by identity. What did not change between two of them is the very same object in both.
 */
import { ArraySchema, MapSchema, Metadata, Schema } from '@colyseus/schema'
import { isRecord, settle } from './settle.ts'

/** A schema type as plain read-only data: maps and arrays for its collections. */
export type Plain<T> =
  T extends MapSchema<infer V>
    ? ReadonlyMap<string, Plain<V>>
    : T extends ArraySchema<infer V>
      ? readonly Plain<V>[]
      : T extends Schema
        ? { readonly [K in keyof T as K extends keyof Schema ? never : K]: Plain<T[K]> }
        : T

const fieldNames = new WeakMap<object, readonly string[]>()

function fieldsOf(schema: Schema): readonly string[] {
  const kind = schema.constructor as typeof Schema
  let names = fieldNames.get(kind)
  if (names === undefined) {
    names = Object.keys(Metadata.getFields(kind) as object)
    fieldNames.set(kind, names)
  }
  return names
}

/** Copies decoded state, reusing every part of `before` that still holds. */
export function plainState(value: unknown, before: unknown): unknown {
  if (value instanceof MapSchema) {
    const known = before instanceof Map ? before : undefined
    const copy = new Map<string, unknown>()
    for (const [key, item] of value.entries()) copy.set(key, plainState(item, known?.get(key)))
    return settle(copy, before)
  }
  if (value instanceof ArraySchema) {
    const known = Array.isArray(before) ? before : []
    return settle(
      Array.from(value, (item, index) => plainState(item, known[index])),
      before,
    )
  }
  if (value instanceof Schema) {
    const fields = value as unknown as Record<string, unknown>
    const known = isRecord(before) ? before : {}
    const copy: Record<string, unknown> = {}
    for (const name of fieldsOf(value)) copy[name] = plainState(fields[name], known[name])
    return settle(copy, before)
  }
  return value
}
