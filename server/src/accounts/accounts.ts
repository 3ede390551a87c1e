/** The accounts capability, put together. */
import type { Authenticator } from '@odeon/rooms/ports'
import type { Authenticate } from '../platform/http/authorise.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { adminEndpoints } from './admin-endpoints.ts'
import { authEndpoints } from './auth-endpoints.ts'
import { blocks, type Blocks } from './blocks.ts'
import { peopleEndpoints } from './people-endpoints.ts'
import {
  type AccountsDeps,
  type AccountsService,
  accountsService,
  roomAuthenticator,
} from './service.ts'
import { keepSessionsTidy } from './upkeep.ts'
import { verificationEndpoints } from './verification-endpoints.ts'

export interface Accounts {
  endpoints: Endpoint[]
  /** For rooms. Throws `TokenRefused`. */
  authenticator: Authenticator
  /** For `mountEndpoints`; knows the sign-in as well. */
  authenticate: Authenticate
  blocks: Blocks
  service: AccountsService
  /** Begins hourly upkeep; the result ends it. */
  startUpkeep: () => () => Promise<void>
}

export function accounts(deps: AccountsDeps): Accounts {
  const service = accountsService(deps)
  const allBlocks = blocks(deps)
  return {
    endpoints: [
      ...authEndpoints(service),
      ...peopleEndpoints(service.people, allBlocks),
      ...adminEndpoints(service),
      ...verificationEndpoints(service.verification),
    ],
    authenticator: roomAuthenticator(service),
    authenticate: (token) => service.authenticate(token),
    blocks: allBlocks,
    service,
    startUpkeep: () => keepSessionsTidy(service.sessions, deps.log),
  }
}
