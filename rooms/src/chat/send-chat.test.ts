import { describe, expect, it } from 'vitest'
import type { Entry } from '../kit/protocol.ts'
import { chatBench } from '../testing/chat-scope.ts'
import { chatSend } from './protocol.ts'
import { sendChat } from './send-chat.ts'

const parse = (text: string) => chatSend.safeParse({ requestId: 'request-1', text })
const clean = (text: string) => {
  const parsed = parse(text)
  return parsed.success ? parsed.data.text : parsed.error.issues[0]?.message
}

describe('chat.send', () => {
  it('[CHT-01] posts the line as an entry with its sender and answers with it', () => {
    const { scope, counted, said, enter, clock } = chatBench()
    const entry = sendChat(scope, enter('ann'), { requestId: 'request-1', text: 'hello' })
    expect(entry).toEqual({
      seq: 1,
      at: clock.now,
      id: 'id-00000001',
      from: { id: 'ann', name: 'Ann', role: 'viewer' },
      text: 'hello',
    })
    expect(said.announced).toEqual([{ type: 'chat.posted', entry: entry as Entry }])
    expect(counted).toEqual(['ann'])
  })

  it('[CHT-02] is open before and during the stream and closed after it', () => {
    const message = { requestId: 'request-1', text: 'hello' }
    const { scope, said, enter } = chatBench()
    const ann = enter('ann')
    scope.state.phase = 'pending'
    expect(sendChat(scope, ann, message)).toMatchObject({ text: 'hello' })
    scope.state.phase = 'ended'
    expect(() => sendChat(scope, ann, message)).toThrow(
      expect.objectContaining({ code: 'chat_closed' }),
    )
    expect(said.announced).toHaveLength(1)
  })

  it('[CHT-03] a line is plain text of 1 to 500 characters, white space folded', () => {
    expect(clean('  two \n\t words  ')).toBe('two words')
    expect(clean('x'.repeat(500))).toHaveLength(500)
    expect(clean('x'.repeat(1_001))).toContain('at most 1000')
    expect(clean('😀'.repeat(500))).toBe('😀'.repeat(500))
    expect(clean('   ')).toContain('Write something')
    expect(clean('x'.repeat(4_001))).toContain('at most 1000')
    expect(chatSend.safeParse({ requestId: 'request-1', text: 7 }).success).toBe(false)
    const long = { requestId: 'request-1', text: '😀'.repeat(501) }
    const { scope, enter } = chatBench()
    expect(() => sendChat(scope, enter('ann'), long)).toThrow(
      expect.objectContaining({ code: 'text_too_long' }),
    )
  })

  it('[TRU-25] a line shows something, and its marks stay on their letters', () => {
    for (const nothing of ['\u3164', '\u2800\u2800', '\u200d', '\u034f', '\u0301'.repeat(9)]) {
      expect(clean(nothing)).toContain('Write something')
    }
    expect(clean(`q${'\u0301'.repeat(400)}!`)).toBe(`q${'\u0301'.repeat(8)}!`)
    expect(clean('မြွှို့ က္ကို')).toBe('မြွှို့ က္ကို'.normalize('NFC'))
  })

  it('[CHT-04] characters that hide or turn text are taken out; emoji and scripts stay', () => {
    expect(clean('a\u202eb\u0000c\u200bd\ufeff')).toBe('abcd')
    expect(clean('\u200b\u2066\u0007')).toContain('Write something')
    expect(clean('नमस्ते, क्ष 👩‍👩‍👧')).toBe('नमस्ते, क्ष 👩‍👩‍👧')
    expect(clean('a\u00ad\u3164b\u{e0041}\u{e007f}')).toBe('ab')
    expect(clean('🏴\u{e0067}\u{e0062}\u{e007f}')).toBe('🏴\u{e0067}\u{e0062}\u{e007f}')
    expect(clean('e\u0301')).toBe('é')
    expect(clean('<b onclick=alert(1)>')).toBe('<b onclick=alert(1)>')
  })
})
