/** Whether we may listen where we shall, found out before the long steps of a start. */
import { createServer } from 'node:net'

export class PortTaken extends Error {
  override name = 'PortTaken'
}

export interface Place {
  port: number
  host?: string | undefined
}

/** Rejects with `PortTaken`, in words that say what to do. */
export async function refuseTakenPort({ port, host }: Place): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  try {
    await new Promise<void>((free, taken) => {
      probe.once('error', taken).listen({ port, host }, free)
    })
  } catch (error) {
    throw portFault(error, { port, host })
  }
  await new Promise((closed) => probe.close(closed))
}

/** Any other error stays what it is. */
export function portFault(error: unknown, { port, host }: Place): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortTaken(
        `Port ${port} is taken by another program. Stop it, or choose another port: ` +
          `PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new PortTaken(`This account may not use port ${port}. Choose one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortTaken(`HOST: ${host} is not an address of this machine.`)
    default:
      return error
  }
}
