/** What is said over a picture that is live, in English. */
export const enPlayer = {
  player: {
    controls: 'Picture and sound',
    mute: 'Mute',
    unmute: 'Unmute',
    volume: 'Volume',
    quality: 'Picture quality',
    qualities: { auto: 'Auto', medium: 'Medium', low: 'Low' },
    float: 'Picture in a window of its own',
    full: 'Full screen',
    leaveFull: 'Leave full screen',
    screenOf: 'Screen of {{name}}',
    isMuted: '{{name}} is muted',
    connecting: 'Picture and sound are coming.',
    comingBack: 'Picture and sound are coming back.',
    away: 'Picture and sound are away. The chat goes on.',
    hear: 'Tap to hear',
  },
}
