import { problem } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { displayName, username } from '../../accounts/protocol.ts'
import { channelChange } from '../../channels/protocol.ts'
import { newStream } from '../../streams/protocol.ts'

const indecent = problem('indecent')
const bad = 'kill yourself'
const messageOf = (parsed: { success: boolean; error?: { issues: { message: string }[] } }) =>
  parsed.success ? null : parsed.error?.issues[0]?.message

test('[TXT-08] names and titles that would be blocked in chat are refused, in disguise too', () => {
  for (const text of [bad, 'f u c k you', 'kill y0urself']) {
    expect(messageOf(displayName.safeParse(text))).toBe(indecent)
    expect(messageOf(channelChange.safeParse({ name: text }))).toBe(indecent)
    expect(messageOf(newStream.safeParse({ title: text }))).toBe(indecent)
  }
  expect(messageOf(username.safeParse('kill_yourself'))).toBe(indecent)
})

test('[TXT-08] clean names and titles pass', () => {
  for (const text of ['Ann', 'Scunthorpe United', 'Dick Turpin reads', 'नमस्ते', 'Assam tea']) {
    expect(displayName.safeParse(text).success, text).toBe(true)
    expect(newStream.safeParse({ title: text }).success, text).toBe(true)
  }
  expect(username.safeParse('night_owl').success).toBe(true)
})
