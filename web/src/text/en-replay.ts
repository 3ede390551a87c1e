/** What is said over a past stream and its films, in English. */
import { enFilms } from './en-films.ts'

export const enReplay = {
  ...enFilms,
  replay: {
    label: 'Past stream',
    badge: 'Replay',
    controls: 'Playing',
    play: 'Play',
    pause: 'Pause',
    back: 'Back 10 seconds',
    forward: 'Forward 10 seconds',
    leap: '10',
    place: 'Place in the stream',
    at: '{{time}} of {{length}}',
    speed: 'Speed',
    copy: 'Copy a link to this moment',
    loading: 'Loading',
    chat: 'Chat as it was',
    noChat: 'Nobody has said anything yet.',
    hole: 'Only the chat of this part was kept.',
    not_recorded: 'This stream was not recorded. The chat can be read.',
    still_recording: 'The replay is being made ready.',
    recording_expired: 'The replay was kept for its time and is gone. The chat can be read.',
    recording_removed: 'The replay was taken away.',
    recording_lost: 'The replay has been lost. The chat can be read.',
    away: 'The replay could not be loaded.',
    tryAgain: 'Try again',
  },
}
