/** What a draft becomes: the entry as it will be posted, with badges, mentions and emotes. */
import { type Member, personOf } from '../kit/member.ts'
import type { ChatScope } from './chat-scope.ts'
import { findEmotes } from './find-emotes.ts'
import { findMentions } from './find-mentions.ts'
import type { Draft, LineBody } from './line.ts'
import type { Author, Badge } from './protocol.ts'

export function bodyOf(scope: ChatScope, draft: Draft): LineBody {
  const { id, member, text, quoted, isAction, isRewritten } = draft
  const mentions = findMentions(text, scope.chat.people).ids.filter((who) => who !== member.id)
  const emotes = findEmotes(text, scope.chat.emotes)
  return {
    id,
    from: authorOf(scope, member),
    text,
    ...(quoted && { replyTo: quoted }),
    ...(mentions.length > 0 && { mentions }),
    ...(emotes && { emotes }),
    ...(isAction && { isAction }),
    ...(isRewritten && { isRewritten }),
  }
}

export function authorOf({ standings, world }: ChatScope, member: Member): Author {
  const badges: Badge[] = member.role === 'viewer' ? [] : [member.role]
  if (standings.of(member.id).isVip) badges.push('vip')
  if (standings.isStaff(member.id)) badges.push('staff')
  const tier = standings.tierOf(member.id, world.now())
  return {
    ...personOf(member),
    ...(badges.length > 0 && { badges }),
    ...(tier && { tier: tier.level }),
    ...(tier?.privileges.includes('coloured_name') && { isColoured: true as const }),
  }
}
