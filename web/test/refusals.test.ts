// Whatever code the server may refuse with, over HTTP and in rooms, the app has its own words.
import {
  battleRefusals,
  chatRefusals,
  floorRefusals,
  giftRefusals,
  kitRefusals,
  liveRefusals,
  mediaRefusals,
  moderationRefusals,
  problems,
  reactionRefusals,
} from '@odeon/rooms/protocol'
import { mediaDeviceRefusals, slashRefusals } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import { enChat } from '../src/text/en-chat.ts'
import { enRefusals } from '../src/text/en-refusals.ts'

interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>
}

test('[WEB-83] every code a call may be refused with has words of the app', async () => {
  const server = await startTestServer()
  const { paths } = (await (await server.fetch('/openapi.json')).json()) as OpenApi
  const answers = Object.values(paths).flatMap((path) => Object.values(path))
  const described = answers.flatMap(({ responses }) => Object.values(responses))
  const codes = described.flatMap(({ description }) =>
    [...description.matchAll(/^`(\w+)`:/gm)].map((found) => String(found[1])),
  )
  expect(codes.length).toBeGreaterThan(100)
  const rooms = { ...kitRefusals, ...chatRefusals, ...liveRefusals, ...moderationRefusals }
  const all = [
    ...codes,
    ...Object.keys({
      ...rooms,
      ...floorRefusals,
      ...giftRefusals,
      ...battleRefusals,
      ...mediaDeviceRefusals,
      ...mediaRefusals,
      ...reactionRefusals,
      ...slashRefusals,
    }),
  ]
  const said = new Set(Object.keys({ ...enRefusals.refusal, ...enChat.rejected }))
  expect([...new Set(all)].filter((code) => !said.has(code))).toEqual([])
})

test('[WEB-83] every problem of a field has words of the app, with the same figures', () => {
  expect(Object.keys(enRefusals.problem)).toEqual(Object.keys(problems))
  for (const [code, sentence] of Object.entries(enRefusals.problem)) {
    const blanks = [...sentence.matchAll(/\{\{(\w+)/g)].map((found) => found[1])
    const given = [...problems[code as keyof typeof problems].matchAll(/\{(\w+)\}/g)]
    expect(
      given.map((found) => found[1]),
      code,
    ).toEqual(blanks)
  }
})
