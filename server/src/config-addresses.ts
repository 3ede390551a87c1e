/** Addresses of services as settings: what each must look like. */
import { z } from 'zod'

export const databaseUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname } = new URL(text)
  return /^postgres(ql)?:$/.test(protocol) && hostname !== '' && pathname.length > 1
}, 'an address such as postgres://user:password@host:5432/database')

export const redisUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return /^rediss?:$/.test(protocol) && hostname !== ''
}, 'an address such as redis://:password@host:6379/0')
