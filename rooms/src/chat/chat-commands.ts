/** Commands of chat, one line each; part of the live room's table. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { announceLine } from './announce-line.ts'
import { changeModes } from './change-modes.ts'
import type { ChatScope } from './chat-scope.ts'
import { clearChat } from './clear-chat.ts'
import { deleteLine } from './delete-line.ts'
import { pinLine } from './pin-line.ts'
import {
  chatAnnounce,
  chatClear,
  chatDelete,
  chatLimits,
  chatModes,
  chatPin,
  chatSend,
} from './protocol.ts'
import { sendChat } from './send-chat.ts'

const rate = { class: 'chat', perSecond: chatLimits.sendPerSecond, burst: chatLimits.sendBurst }
const may = ['moderator', 'host'] as const

export const chatCommands: CommandTable<ChatScope> = {
  'chat.send': command({ shape: chatSend, may: everyone, rate, action: sendChat }),
  'chat.delete': command({ shape: chatDelete, may: everyone, action: deleteLine }),
  'chat.clear': command({ shape: chatClear, may, action: clearChat }),
  'chat.pin': command({ shape: chatPin, may, action: pinLine }),
  'chat.announce': command({ shape: chatAnnounce, may, rate, action: announceLine }),
  'chat.modes': command({ shape: chatModes, may, action: changeModes }),
}
