/** What keys of encoders keep in the database. */
import type { Schema } from '../platform/database.ts'
import { IngressOrders20261129001500 } from './migrations/20261129001500-ingress-orders.ts'
import { StreamKeys20261129000000 } from './migrations/20261129000000-stream-keys.ts'

export const encoderSchema = {
  entities: [],
  migrations: [
    { name: '20261129000000-stream-keys', class: StreamKeys20261129000000 },
    { name: '20261129001500-ingress-orders', class: IngressOrders20261129001500 },
  ],
} satisfies Schema
