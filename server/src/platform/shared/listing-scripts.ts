/**
 * What is done with the listing of rooms in one step, as Redis' own scripts. KEYS[1] holds an entry
 * for each room, KEYS[2] is the marker: gone with everything else when Redis comes back empty.
 * KEYS[3] holds the ids of one process's rooms, so that nobody reads through those of all.
 */
const ownerOf = `
  local function owner(id)
    local entry = redis.call('hget', KEYS[1], id)
    return entry and cjson.decode(entry).processId
  end`

const now = `
  local time = redis.call('time')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`

export const listingScripts = {
  /** Sets the marker where it is not: `<random> <ms>`. ARGV: something random. */
  marker: `${now}
    redis.call('set', KEYS[2], ARGV[1] .. ' ' .. string.format('%d', now), 'nx')
    return redis.call('get', KEYS[2])`,

  /** How many ms until the marker is as old as ARGV[2]; not set, it is set as above. */
  settling: `${now}
    redis.call('set', KEYS[2], ARGV[1] .. ' ' .. string.format('%d', now), 'nx')
    local since = tonumber(string.match(redis.call('get', KEYS[2]), ' (%d+)$'))
    return math.max(0, since + tonumber(ARGV[2]) - now)`,

  /** ARGV: room id, entry. 1 when the id was free. */
  insert: `
    if redis.call('hsetnx', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
    redis.call('sadd', KEYS[3], ARGV[1])
    return 1`,

  /** ARGV: room id, entry, process id. 0 when the id is another process's. */
  persist: `${ownerOf}
    local has = owner(ARGV[1])
    if has and has ~= ARGV[3] then return 0 end
    redis.call('hset', KEYS[1], ARGV[1], ARGV[2])
    redis.call('sadd', KEYS[3], ARGV[1])
    return 1`,

  /** ARGV: room id, process id. */
  takeOut: `${ownerOf}
    redis.call('srem', KEYS[3], ARGV[1])
    if owner(ARGV[1]) ~= ARGV[2] then return 0 end
    return redis.call('hdel', KEYS[1], ARGV[1])`,

  /** ARGV: process id, how many at once. How many of its rooms were looked at; 0 at the end. */
  takeOutSome: `${ownerOf}
    local ids = redis.call('spop', KEYS[3], ARGV[2])
    for _, id in ipairs(ids) do
      if owner(id) == ARGV[1] then redis.call('hdel', KEYS[1], id) end
    end
    return #ids`,
} as const
