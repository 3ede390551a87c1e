import { expect, test } from 'vitest'
import { boardOf, numberOfText, stampOfText, textOf, tickOfBoard } from './text.ts'

test('[LOD-03] a text is 100 bytes, tells its number and when it was due, and shows any change', () => {
  const text = textOf(4_711, 0xabcn)
  expect(text).toHaveLength(100)
  expect(text).toMatch(/^~zzzzzzwpqq~zzzzzzzzzzzzzrdg~f+$/)
  expect(numberOfText(text)).toBe(4_711)
  expect(stampOfText(text)).toBe(0xabcn)
  for (const wrong of [text.slice(1), text.replace('f', 'g'), `${text}f`, 'hello', '']) {
    expect(numberOfText(wrong)).toBeNaN()
  }
})

test('[LOD-03] a board inside other bytes tells its tick, or that it is damaged', () => {
  const wrap = (board: string) => Buffer.concat([Buffer.from([15, 0x80, 0xda]), Buffer.from(board)])
  const board = boardOf(27, 300)
  expect(board).toHaveLength(300)
  expect(tickOfBoard(wrap(board))).toBe(27)
  expect(tickOfBoard(wrap(board.replace('b', 'c')))).toBeNaN()
  expect(tickOfBoard(wrap('no board here'))).toBeUndefined()
})
