/** The media of tests do what all media must. */
import { mediaContract } from '../testing/media-contract.ts'
import { MemoryMedia } from '../testing/memory-media.ts'

mediaContract(async () => {
  const media = new MemoryMedia()
  return {
    media,
    connect: (ticket) => media.connect(ticket),
    asker: (ticket) => media.asker(ticket),
    down: async () => media.turn(false),
    up: async () => media.turn(true),
  }
})
