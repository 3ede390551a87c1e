/**
 * Room state as plain values that never change: whoever holds one may compare it with a later one
 * by identity. What did not change between two of them is the very same object in both.
 */
import { ArraySchema, MapSchema, Metadata, Schema } from '@colyseus/schema'

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

/**
 * `now`, or `before` when both say the same: so that a selector which builds a new array or object
 * each time still tells a change from none. Looks into plain objects, arrays and maps.
 */
export function settle<T>(now: T, before: unknown): T {
  return isSame(now, before) ? (before as T) : now
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]))
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false
    const others = b.entries()
    for (const [key, item] of a) {
      const [otherKey, other] = others.next().value as [unknown, unknown]
      if (key !== otherKey || !isSame(item, other)) return false
    }
    return true
  }
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
