/** Faults of the surroundings: their text says all there is to say, a stack would only hide it. */
import { DataFolderUnwritable } from '../data-folder.ts'
import { DatabaseUnavailable } from '../database.ts'
import { DataFolderInUse, WrongPostgresVersion } from '../embedded-postgres.ts'
import { RedisUnavailable } from '../redis.ts'
import { ProcessesDiffer } from '../shared/agreement.ts'
import { CannotBuild } from '../web-app/build.ts'
import { PortTaken } from './port.ts'

const plain = [
  CannotBuild,
  DatabaseUnavailable,
  DataFolderInUse,
  DataFolderUnwritable,
  PortTaken,
  ProcessesDiffer,
  RedisUnavailable,
  WrongPostgresVersion,
]

export const isPlainFault = (error: unknown): boolean => plain.some((kind) => error instanceof kind)
