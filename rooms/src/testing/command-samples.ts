/** One valid message of each command of a live room, for tests that go through all of them. */

export const commandSamples: Record<string, object> = {
  'chat.send': { text: 'hello there' },
  'chat.delete': { id: 'line-1' },
  'chat.clear': {},
  'chat.pin': { id: 'line-1', forMs: 60_000 },
  'chat.announce': { text: 'doors at eight' },
  'chat.modes': { modes: { slowSeconds: 5 } },
  'member.timeout': { userId: 'somebody', seconds: 60, reason: 'loud' },
  'member.untimeout': { userId: 'somebody' },
  'member.ban': { userId: 'somebody', purge: false },
  'member.unban': { userId: 'somebody' },
  'member.warn': { userId: 'somebody', reason: 'loud' },
  'role.grant': { userId: 'somebody', role: 'vip' },
  'role.revoke': { userId: 'somebody', role: 'moderator' },
  'held.decide': { id: 'line-1', allow: true },
  'moderation.undo': { actionId: 'action-1' },
  'crew.read': {},
  'reaction.send': { kind: 'heart', count: 2 },
  'stream.start': {},
  'stream.update': { title: 'Night music', category: 'music' },
  'stream.end': {},
}
