/** Ids of what is asked, so that asking again is the same ask. */

/** Not `randomUUID`: browsers hide it from pages served over plain HTTP. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
