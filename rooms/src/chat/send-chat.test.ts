import { describe, expect, it } from 'vitest'
import type { Entry } from '../kit/protocol.ts'
import { recordingScope } from '../testing/recording-scope.ts'
import { type ChatPosted, chatSend } from './protocol.ts'
import { type ChatScope, sendChat } from './send-chat.ts'

const ann = { id: 'ann', name: 'Ann', role: 'viewer', kind: 'account', joinedAt: 0 } as const
const parse = (text: string) => chatSend.safeParse({ requestId: 'request-1', text })
const clean = (text: string) => {
  const parsed = parse(text)
  return parsed.success ? parsed.data.text : parsed.error.issues[0]?.message
}

function openScope(phase: ChatScope['state']['phase']) {
  const counted: string[] = []
  const kit = recordingScope<ChatScope['state'], { 'chat.posted': ChatPosted }>({ phase })
  const scope: ChatScope = { ...kit, tally: { message: (id) => void counted.push(id) } }
  return { scope, counted, said: kit.said }
}

describe('chat.send', () => {
  it('[CHT-01] posts the line as an entry with its sender and answers with it', () => {
    const { scope, counted, said } = openScope('live')
    const entry: Entry = sendChat(scope, ann, { requestId: 'request-1', text: 'hello' })
    expect(entry).toEqual({
      seq: 1,
      at: 9,
      id: 'id-00000001',
      from: { id: 'ann', name: 'Ann', role: 'viewer' },
      text: 'hello',
    })
    expect(said.announced).toEqual([{ type: 'chat.posted', entry }])
    expect(counted).toEqual(['ann'])
  })

  it('[CHT-02] is open before and during the stream and closed after it', () => {
    const message = { requestId: 'request-1', text: 'hello' }
    expect(sendChat(openScope('pending').scope, ann, message)).toMatchObject({ text: 'hello' })
    const { scope, said } = openScope('ended')
    expect(() => sendChat(scope, ann, message)).toThrow(
      expect.objectContaining({ code: 'chat_closed' }),
    )
    expect(said.announced).toEqual([])
  })

  it('[CHT-03] a line is plain text of 1 to 500 characters, white space folded', () => {
    expect(clean('  two \n\t words  ')).toBe('two words')
    expect(clean('x'.repeat(500))).toHaveLength(500)
    expect(clean('x'.repeat(1_001))).toContain('at most 1000')
    expect(clean('😀'.repeat(500))).toBe('😀'.repeat(500))
    expect(clean('   ')).toContain('Say something')
    expect(clean('x'.repeat(4_001))).toContain('at most 1000')
    expect(chatSend.safeParse({ requestId: 'request-1', text: 7 }).success).toBe(false)
    const long = { requestId: 'request-1', text: '😀'.repeat(501) }
    expect(() => sendChat(openScope('live').scope, ann, long)).toThrow(
      expect.objectContaining({ code: 'text_too_long' }),
    )
  })

  it('[TRU-25] a line shows something, and its marks stay on their letters', () => {
    for (const nothing of ['\u3164', '\u2800\u2800', '\u200d', '\u034f', '\u0301'.repeat(9)]) {
      expect(clean(nothing)).toContain('Say something')
    }
    expect(clean(`q${'\u0301'.repeat(400)}!`)).toBe(`q${'\u0301'.repeat(8)}!`)
    expect(clean('မြွှို့ က္ကို')).toBe('မြွှို့ က္ကို'.normalize('NFC'))
  })

  it('[CHT-04] characters that hide or turn text are taken out; emoji and scripts stay', () => {
    expect(clean('a\u202eb\u0000c\u200bd\ufeff')).toBe('abcd')
    expect(clean('\u200b\u2066\u0007')).toContain('Say something')
    expect(clean('नमस्ते, क्ष 👩‍👩‍👧')).toBe('नमस्ते, क्ष 👩‍👩‍👧')
    expect(clean('a\u00ad\u3164b\u{e0041}\u{e007f}')).toBe('ab')
    expect(clean('🏴\u{e0067}\u{e0062}\u{e007f}')).toBe('🏴\u{e0067}\u{e0062}\u{e007f}')
    expect(clean('e\u0301')).toBe('é')
    expect(clean('<b onclick=alert(1)>')).toBe('<b onclick=alert(1)>')
  })
})
