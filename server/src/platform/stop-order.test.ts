/** In which order a process lets go of what it has when it is told to stop. */
import { LocalPresence } from '@colyseus/core'
import { expect, test } from 'vitest'
import { clientAddress } from './http/client-address.ts'
import { originPolicy } from './http/origins.ts'
import { realtime } from './realtime.ts'
import { quietLog } from './testing/quiet-log.ts'

test('[REL-22] a process that ends takes no more viewers before it hands its rooms over', async () => {
  const order: string[] = []
  const step = (name: string) => async () => void order.push(name)
  const server = realtime({
    app: (_request, response) => void response.end(),
    origins: originPolicy([]),
    address: clientAddress([]),
    rooms: {},
    shared: {
      presence: new LocalPresence(),
      keepListed: () => step('listed no more'),
      pulse: {
        beat: () => step('no sign of life'),
        leave: step('takes nobody'),
        isAlive: async () => true,
        loads: async () => new Map(),
      },
    },
    compresses: false,
    opensRooms: true,
    processToOpen: async () => '',
    handOver: step('handed over'),
    log: quietLog,
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  expect(await server.stop()).toBe(true)
  expect(order).toEqual(['takes nobody', 'handed over', 'listed no more', 'no sign of life'])
})
