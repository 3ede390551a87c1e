/** The app starts here: words, session, router, page. */
import '@fontsource-variable/bricolage-grotesque/wght.css'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-devanagari/wght.css'
import './style/index.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { listenForOffer } from './frame/install.ts'
import { keepOfflinePage } from './frame/offline.ts'
import { router } from './router.tsx'
import { startLanguage } from './text/language.ts'

listenForOffer()
await startLanguage()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
keepOfflinePage()
