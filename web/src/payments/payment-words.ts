/** What became of a payment, in words: one title and one text for each end it may have. */
import type { PaymentView } from '@odeon/sdk'
import type { TFunction } from '../text/use-translation.ts'

type Told = Pick<PaymentView, 'id' | 'state' | 'coins' | 'gateway' | 'needsLook'>

export function wordsOf(
  t: TFunction,
  { id, state, coins, gateway, needsLook }: Told,
  { isLeft, have }: { isLeft: boolean; have: string | undefined },
): { title: string; text: string } {
  switch (state) {
    case 'pending': {
      if (isLeft) return { title: t('coins.leftTitle'), text: t('coins.leftText') }
      const name = t(`coins.gateways.${gateway}`)
      return { title: t('coins.waitingTitle', { gateway: name }), text: t('coins.waitingText') }
    }
    case 'paid': {
      const text = have === undefined ? t('coins.paidPlain') : t('coins.paidText', { have })
      return { title: t('coins.paidTitle', { coins }), text }
    }
    case 'failed':
      if (needsLook) return { title: t('coins.lookTitle'), text: t('coins.lookText', { id }) }
      return { title: t('coins.failedTitle'), text: t('coins.failedText') }
    case 'expired':
      return { title: t('coins.expiredTitle'), text: t('coins.expiredText') }
    case 'refunded':
      return { title: t('coins.refundedTitle'), text: t('coins.refundedText') }
    case 'charged_back':
      return { title: t('coins.disputedTitle'), text: t('coins.disputedText') }
  }
}
