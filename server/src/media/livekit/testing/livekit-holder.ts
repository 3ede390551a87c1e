/** A process of its own that begins a LiveKit and does nothing more, to be killed. */
import { quietLog } from '../../../platform/testing/quiet-log.ts'
import { freePorts } from '../free-ports.ts'
import { startOwnServer } from '../own-server.ts'
import { livekitProgram } from '../program.ts'

const found = await livekitProgram({ environment: process.env, builds: false })
if (!('path' in found)) throw new Error(found.missing)
const host = '127.0.0.1'
const server = await startOwnServer({
  program: found.path,
  host,
  ports: () => freePorts(host, 'any'),
  webhook: 'http://127.0.0.1:9/nobody',
  log: quietLog,
})
process.send?.({ url: server.url, pid: server.pid() })
