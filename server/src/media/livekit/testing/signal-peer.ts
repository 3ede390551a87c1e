/**
 * A client of LiveKit that speaks its signalling and sends no media: what is let and what is not is
 * LiveKit's own word, past whatever a client's library keeps its users from asking.
 */
import { AddTrackRequest, SignalRequest, SignalResponse, TrackType } from '@livekit/protocol'
import type { MediaAsker } from '@odeon/rooms/media-contract'
import { onTestFinished } from 'vitest'
import { sourcesOfLiveKit } from '../grants.ts'

export interface SignalPeerOptions {
  url: string
  token: string
  /** What LiveKit adds to the name in the ticket, for a connection beside the first. */
  publish?: string
}

/** Rejects when it is not let in. It leaves when the test is over. */
export async function signalPeer(at: SignalPeerOptions): Promise<MediaAsker> {
  const asked = { protocol: '15', auto_subscribe: '1', ...(at.publish && { publish: at.publish }) }
  const query = new URLSearchParams({ access_token: at.token, ...asked })
  const socket = new WebSocket(`${at.url}/rtc?${query.toString()}`)
  socket.binaryType = 'arraybuffer'
  onTestFinished(() => socket.close())
  const heard: ((said: SignalResponse['message']) => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    const { message } = SignalResponse.fromBinary(new Uint8Array(data as ArrayBuffer))
    for (const hear of heard) hear(message)
  })
  const said = <T>(find: (message: SignalResponse['message']) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('LiveKit closed the connection'))
      socket.addEventListener('close', ended, { once: true })
      socket.addEventListener('error', ended, { once: true })
      heard.push((message) => {
        const found = find(message)
        if (found !== undefined) resolve(found)
      })
    })
  await said((message) => (message.case === 'join' ? true : undefined))
  let tracks = 0
  return {
    async asks(source) {
      const cid = `track-${(tracks += 1)}`
      const answer = said((message) => {
        if (message.case === 'trackPublished' && message.value.cid === cid) return true
        if (message.case !== 'requestResponse') return undefined
        const { request } = message.value
        return request.case === 'addTrack' && request.value.cid === cid ? false : undefined
      })
      const type =
        source === 'camera' || source === 'screen_share' ? TrackType.VIDEO : TrackType.AUDIO
      const value = new AddTrackRequest({
        cid,
        name: source,
        type,
        source: sourcesOfLiveKit[source],
      })
      const request = new SignalRequest({ message: { case: 'addTrack', value } })
      // A copy: programs with the types of browsers run this, too.
      socket.send(Uint8Array.from(request.toBinary()))
      return await answer
    },
  }
}
