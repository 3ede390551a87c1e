/**
 * Entries are written down before LiveKit makes them: one that was made for somebody who died
 * before its key was kept is found by its name and removed. Nobody else's has such a name.
 */
import type { World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { Ingress } from './ingress.ts'
import { encoderLimits } from './protocol.ts'

export interface IngressOrder {
  id: string
  /** What LiveKit calls the entry. */
  label: string
}

interface OrderDeps {
  sql: Sql
  world: Pick<World, 'now' | 'newId'>
}

const prefix = 'odeon'

export async function orderIngress(
  { sql, world }: OrderDeps,
  channelId: string,
): Promise<IngressOrder> {
  const id = world.newId()
  await sql`insert into ingress_orders (id, made_at) values (${id}, ${new Date(world.now())})`
  return { id, label: `${prefix} ${channelId} ${id}` }
}

/** In the transaction that keeps its key. False when it took so long that nobody waits for it. */
export async function keepIngress(sql: Sql, { id }: IngressOrder): Promise<boolean> {
  const kept = await sql`
    delete from ingress_orders where id = ${id} and not is_void returning id`
  return kept.length > 0
}

/** Removes what was made and never kept. Rejects when LiveKit does not do it: do it again. */
export async function sweepOrders({ sql, world }: OrderDeps, ingress: Ingress): Promise<void> {
  const before = new Date(world.now() - encoderLimits.orderKeptMs)
  const orders = await sql<{ id: string }>`
    update ingress_orders set is_void = true where made_at < ${before} returning id`
  if (orders.length === 0) return
  const names = new Set(orders.map(({ id }) => id))
  for (const { ingressId, label } of await ingress.list()) {
    const [who, , order = ''] = label.split(' ')
    if (who === prefix && names.has(order)) await ingress.remove(ingressId)
  }
  await sql`delete from ingress_orders where id = any(${[...names]}::uuid[])`
}
