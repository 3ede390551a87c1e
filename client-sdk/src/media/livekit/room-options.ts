/** How picture and sound are taken, sent and received. */
import {
  AudioPresets,
  type ReconnectPolicy,
  type RoomOptions,
  ScreenSharePresets,
  VideoPresets,
} from 'livekit-client'

const mendAfterMs = 300

/** Mends a line once, as after a change of network; then another is made, by a fresh ticket. */
const mendsOnce: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount }) => (retryCount === 0 ? mendAfterMs : null),
}

export const roomOptions: RoomOptions = {
  // Receives what the elements show, in the size they show it.
  adaptiveStream: true,
  // Sends what somebody receives.
  dynacast: true,
  // What one sends outlives a line, so that no camera asks again and no screen is chosen again.
  stopLocalTrackOnUnpublish: false,
  reconnectPolicy: mendsOnce,
  videoCaptureDefaults: { resolution: VideoPresets.h720.resolution },
  audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  publishDefaults: {
    // Every browser sends and shows it, three sizes of it cost a phone little, and one encoder
    // serves everybody; VP9 and AV1 would need VP8 beside them for whoever cannot show them.
    videoCodec: 'vp8',
    simulcast: true,
    videoEncoding: VideoPresets.h720.encoding,
    videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
    screenShareEncoding: ScreenSharePresets.h1080fps15.encoding,
    audioPreset: AudioPresets.music,
    // Silence costs nothing, and a lost packet is not heard.
    dtx: true,
    red: true,
  },
}
