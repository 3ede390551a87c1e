/** Everything moderation answers over HTTP. */
import type { Endpoint } from '../../platform/http/endpoint.ts'
import type { DecideDeps } from '../take-measure.ts'
import type { ReportDeps } from '../file-report.ts'
import type { ReviewerDesk } from '../reviewer/set-reviewer.ts'
import { channelDeskEndpoints } from './channel-endpoints.ts'
import { listEndpoints } from './list-endpoints.ts'
import { crewPeopleEndpoints } from './people-endpoints.ts'
import { queueEndpoints } from './queue-endpoints.ts'
import { reportEndpoints } from './report-endpoints.ts'
import { reviewerEndpoints } from './reviewer-endpoints.ts'
import { type SuspensionDeps, suspensionEndpoints } from './suspension-endpoints.ts'

type Deps = DecideDeps & ReportDeps & ReviewerDesk & SuspensionDeps

export function deskEndpoints(deps: Deps): Endpoint[] {
  return [
    ...reportEndpoints(deps),
    ...queueEndpoints(deps),
    ...channelDeskEndpoints(deps),
    ...crewPeopleEndpoints(deps),
    ...listEndpoints(deps),
    ...reviewerEndpoints(deps),
    ...suspensionEndpoints(deps),
  ]
}
