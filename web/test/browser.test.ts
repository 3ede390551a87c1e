import { expect, test } from 'vitest'
import { isDriverNote } from './browser.ts'

const note =
  '[.WebGL-0x2dc400a3c000]GL Driver Message (OpenGL, Performance, GL_CLOSE_PATH_NV, High): ' +
  'GPU stall due to ReadPixels'

test('[WEB-45] of what a page complains about, a note of the driver on speed alone is left out', () => {
  expect(isDriverNote(note)).toBe(true)
  expect(isDriverNote(`${note} (this message will no longer repeat)`)).toBe(true)
  expect(isDriverNote(note.replace('Performance', 'Error'))).toBe(false)
  expect(isDriverNote('GPU stall due to ReadPixels')).toBe(false)
  expect(isDriverNote(`${note}, and the page is lost`)).toBe(false)
  expect(isDriverNote('[.WebGL-0x2dc400a3c000]GL_INVALID_OPERATION: no program')).toBe(false)
})
