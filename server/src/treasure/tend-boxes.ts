/** Draws and pays what no room has, finishes what nobody finished filling, forgets what is old. */
import type { Logger } from '@odeon/rooms/ports'
import { boxOf } from './box-rows.ts'
import { type FundDeps, tendFunding } from './fund-box.ts'
import { treasurePaces } from './limits.ts'
import { type SettleDeps, settleBox } from './settle-box.ts'

/** Answers how many were due. One that fails does not keep the others. */
export async function tendBoxes(deps: FundDeps & SettleDeps & { log: Logger }): Promise<number> {
  const { sql } = deps.database
  const due = await sql<{ id: string }>`
    select id from treasure_boxes where state <> 'paid' and due_at <= ${new Date(deps.now())}
    order by due_at limit ${treasurePaces.dueAtOnceMax}`
  for (const { id } of due) {
    try {
      const kept = await boxOf(sql, id)
      if (kept?.state === 'funding') await tendFunding(deps, kept)
      else await settleBox(deps, id)
    } catch (err) {
      deps.log.warn({ err, box: id }, 'a treasure box waits for the next look')
    }
  }
  await forget(deps)
  return due.length
}

/** Boxes that were over long ago, with their claims; a few at once. */
async function forget({ database: { sql }, now }: FundDeps): Promise<void> {
  await sql`
    delete from treasure_boxes where id in (
      select id from treasure_boxes
      where state = 'paid' and funded_at < ${new Date(now() - treasurePaces.keptMs)}
      order by funded_at limit ${treasurePaces.forgottenAtOnceMax})`
}
