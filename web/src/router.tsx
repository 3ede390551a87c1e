/** Every address of the app. Pages beyond the first come when they are asked for. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { addressFilters } from './admin/address-filters.ts'
import { settingsSearch } from './channels/settings/settings-tabs.ts'
import { AppFrame } from './frame/app-frame.tsx'
import { BrokenPage, NotFoundPage } from './frame/error-pages.tsx'
import { page } from './frame/page.tsx'
import { HomePage } from './home/home-page.tsx'
import { homeFilters } from './home/live-card.ts'
import { momentSearch } from './replays/moment-search.ts'

const root = createRootRoute({
  component: AppFrame,
  notFoundComponent: NotFoundPage,
  errorComponent: BrokenPage,
})
const getParentRoute = () => root

const routes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: HomePage,
    validateSearch: homeFilters,
  }),
  createRoute({
    getParentRoute,
    path: '/live/$streamId',
    validateSearch: momentSearch,
    component: page(() => import('./live/live-page.tsx'), 'LivePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/live/$streamId/log',
    component: page(() => import('./live/log-page.tsx'), 'LogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/channel/$handle',
    component: page(() => import('./channels/channel-page.tsx'), 'ChannelPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/channel/$handle/settings',
    validateSearch: settingsSearch,
    component: page(
      () => import('./channels/settings/channel-settings-page.tsx'),
      'ChannelSettingsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/search',
    validateSearch: ({ q }: Record<string, unknown>) => ({ q: typeof q === 'string' ? q : '' }),
    component: page(() => import('./search/search-page.tsx'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/notices',
    component: page(() => import('./notices/notices-page.tsx'), 'NoticesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/wallet',
    component: page(() => import('./wallet/wallet-page.tsx'), 'WalletPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/og',
    component: page(() => import('./tiers/tiers-page.tsx'), 'TiersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/coins',
    component: page(() => import('./payments/coins-page.tsx'), 'CoinsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/coins/return/$paymentId',
    component: page(() => import('./payments/payment-page.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/coins/left/$paymentId',
    component: page(() => import('./payments/payment-page.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/coins/sandbox/$paymentId',
    component: page(() => import('./payments/sandbox-page.tsx'), 'SandboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/go-live',
    component: page(() => import('./live/go-live-page.tsx'), 'GoLivePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/studio',
    component: page(() => import('./studio/studio-page.tsx'), 'StudioPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-in',
    component: page(() => import('./accounts/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/verify-email',
    component: page(() => import('./accounts/verify-email-page.tsx'), 'VerifyEmailPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: page(() => import('./accounts/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/appeals/$sanctionId',
    validateSearch: ({ room }): { room?: string } => (typeof room === 'string' ? { room } : {}),
    component: page(() => import('./moderation/appeal-page.tsx'), 'AppealPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/suspended',
    component: page(() => import('./moderation/suspended-page.tsx'), 'SuspendedPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin',
    component: page(() => import('./admin/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/queue',
    validateSearch: addressFilters(['status', 'type', 'automatic', 'channel']),
    component: page(() => import('./admin/queue-page.tsx'), 'QueuePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/appeals',
    validateSearch: addressFilters(['status']),
    component: page(() => import('./admin/appeals-page.tsx'), 'AppealsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/users',
    validateSearch: addressFilters(['q', 'role', 'suspended']),
    component: page(() => import('./admin/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/rooms',
    component: page(() => import('./admin/rooms-page.tsx'), 'RoomsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/audit',
    validateSearch: addressFilters(['by', 'target', 'kind', 'from', 'to']),
    component: page(() => import('./admin/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/claim',
    component: page(() => import('./admin/claim-page.tsx'), 'ClaimPage'),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
