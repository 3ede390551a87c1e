/** What of treasure boxes is fetched later, in one file: the first screen lists each of them. */
import './treasure.css'

export { TreasureCard } from './treasure-card.tsx'
export { TreasureDialog } from './treasure-dialog.tsx'
