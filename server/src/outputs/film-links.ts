/** Links to films that this server serves itself: good for one film, for a while, by a sum. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

export interface FilmLink {
  id: string
  /** Unix ms. */
  until: number
  isSaved: boolean
  isHouse: boolean
}

export interface FilmLinks {
  sign(link: FilmLink): string
  isGood(link: FilmLink, sum: string, now: number): boolean
}

export function filmLinks(secret: Uint8Array): FilmLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'odeon links to films', 32))
  const sumOf = ({ id, until, isSaved, isHouse }: FilmLink) =>
    createHmac('sha256', key).update(`${id}\n${until}\n${isSaved}\n${isHouse}`).digest('base64url')
  return {
    sign: (link) => {
      const more = `${link.isSaved ? '&save=1' : ''}${link.isHouse ? '&house=1' : ''}`
      return `/v1/films/${link.id}?until=${link.until}&sum=${sumOf(link)}${more}`
    },
    isGood(link, sum, now) {
      const [given, good] = [Buffer.from(sum), Buffer.from(sumOf(link))]
      return now < link.until && given.length === good.length && timingSafeEqual(given, good)
    },
  }
}
