/** A person's own room: what they are told, on each of their devices, and how much is unread. */
import { type CommandTable, command, type Scope } from '../kit/command.ts'
import { OdeonRoom } from '../kit/odeon-room.ts'
import { kitLimits } from '../kit/protocol.ts'
import type { RoomPorts } from '../kit/room-ports.ts'
import { seatAuth } from '../kit/seat-auth.ts'
import type {
  Admission,
  Identity,
  NoticeBox,
  NoticeSignal,
  TierWatch,
  WalletWatch,
} from '../ports.ts'
import type { MeEvents } from '../protocol.ts'
import { TierFollower } from '../tiers/follow-tier.ts'
import { WalletFollower } from '../wallet/follow-wallet.ts'
import { NoticeFollower } from './follow-notices.ts'
import { NoticeLog } from './notice-log.ts'
import { noticeRead } from './protocol.ts'
import { type MeScope, readNotice } from './read-notice.ts'
import { MeState } from './state.ts'

export interface MePorts extends Omit<RoomPorts, 'archive'> {
  notices: NoticeBox
  wallet: WalletWatch
  tiers: TierWatch
}

export const meRoomId = (userId: string): string => `me_${userId}`

/** Every command of a personal room; its owner is the only one here, as host. */
export const meCommands: CommandTable<MeScope> = {
  'notice.read': command({ shape: noticeRead, may: ['host'], action: readNotice }),
}

/** The room class of personal rooms, holding its ports. */
export function defineMeRoom(ports: MePorts) {
  return class MeRoom extends OdeonRoom<MeState, MeEvents, MeScope> {
    static override onAuth = seatAuth(ports)
    /** Sockets of one person, and as many that were lost and are waited for. */
    override maxClients = kitLimits.socketsPerMemberMax * 2 + kitLimits.pendingSeatsMax
    protected override readonly ports = {
      ...ports,
      archive: new NoticeLog(ports.notices, () => this.ownerId),
    }
    protected override readonly commands = meCommands
    ownerId = ''
    #follower!: NoticeFollower
    #purse: WalletFollower | undefined
    #tier: TierFollower | undefined
    #unsubscribe = () => {}

    override async onCreate(options: unknown): Promise<void> {
      this.ownerId = (options as { userId: string }).userId
      // Heard from before the head is read, so that nothing falls between.
      let isOpen = false
      this.#unsubscribe = ports.notices.subscribe(this.ownerId, (signal) => {
        if (isOpen) this.#hear(signal)
      })
      try {
        await super.onCreate(options)
      } catch (error) {
        this.#unsubscribe()
        this.#purse?.stop()
        this.#tier?.stop()
        throw error
      }
      isOpen = true
      await Promise.all([this.#follower.catchUp(), this.#purse?.beat(), this.#tier?.beat()])
    }

    protected override openState(): Promise<MeState> {
      this.roomId = meRoomId(this.ownerId)
      return Promise.resolve(new MeState())
    }

    protected override openScope(kit: Scope<MeState, MeEvents>): MeScope {
      const { ownerId } = this
      this.#follower = new NoticeFollower({
        box: ports.notices,
        ownerId,
        head: () => this.stage.log.head,
        post: ({ notice }) => void kit.announce('notice.posted', { notice }),
        unread: (count) => this.#show(count),
        // Colyseus closes with its own "shutdown", after which clients come again.
        lost: () => void this.disconnect(),
        failed: (err) => ports.logger.warn({ err, room: this.roomId }, 'notices are late'),
      })
      this.#purse = this.#followWallet()
      this.#tier = this.#followTier()
      const { notices } = ports
      return { ...kit, notices, catchUp: () => this.#follower.catchUp() }
    }

    protected override async admit({ userId }: Identity): Promise<Admission> {
      if (userId !== this.ownerId) return { refused: 'not_found' }
      return (await ports.notices.open(userId)) ? { role: 'host' } : { refused: 'banned' }
    }

    protected override onBeat(): void {
      this.#follower.beat()
      void this.#purse?.beat()
      void this.#tier?.beat()
    }

    override async onDispose(): Promise<void> {
      this.#unsubscribe()
      this.#follower.stop()
      this.#purse?.stop()
      this.#tier?.stop()
      await super.onDispose()
    }

    #followWallet(): WalletFollower {
      return new WalletFollower({
        watch: ports.wallet,
        ownerId: this.ownerId,
        wallet: () => this.scope.state.wallet,
        changed: () => this.stage.touch(),
        failed: (err) => ports.logger.warn({ err, room: this.roomId }, 'balances are late'),
      })
    }

    #followTier(): TierFollower {
      return new TierFollower({
        watch: ports.tiers,
        ownerId: this.ownerId,
        now: ports.world.now,
        state: () => this.scope.state,
        changed: (tier, isFirst) => {
          this.stage.touch()
          if (!isFirst) this.scope.tell(this.ownerId, 'og.changed', tier)
        },
        failed: (err) => ports.logger.warn({ err, room: this.roomId }, 'the tier is late'),
      })
    }

    #show(unread: number): void {
      const { state } = this.scope
      if (state.unread === unread) return
      state.unread = unread
      this.stage.touch()
    }

    #hear(signal: NoticeSignal): void {
      if (signal.kind === 'read') this.#mark(signal)
      void this.#follower.catchUp()
    }

    /** Kept entries say so too: whoever joins or fills a gap shall see what was read. */
    #mark({ id, at }: Extract<NoticeSignal, { kind: 'read' }>): void {
      this.scope.amend(({ type, entry }) => {
        const { notice } = entry as unknown as MeEvents['notice.posted']
        const isMeant = id === null || notice.id === id
        if (type !== 'notice.posted' || !isMeant || notice.readAt !== null) return undefined
        return { ...entry, notice: { ...notice, readAt: at } }
      })
      this.scope.tell(this.ownerId, 'notice.marked', { id, at })
    }
  }
}
