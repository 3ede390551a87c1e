/** What is said over a past stream and its films, in Nepali. */
import type { enReplay } from './en-replay.ts'
import { neFilms } from './ne-films.ts'

export const neReplay: typeof enReplay = {
  ...neFilms,
  replay: {
    label: 'अघिल्लो प्रसारण',
    badge: 'पुनः प्रसारण',
    controls: 'चलाउने',
    play: 'चलाउनुहोस्',
    pause: 'रोक्नुहोस्',
    back: '१० सेकेन्ड पछाडि',
    forward: '१० सेकेन्ड अगाडि',
    leap: '१०',
    place: 'प्रसारणमा ठाउँ',
    at: '{{length}} मध्ये {{time}}',
    speed: 'गति',
    copy: 'यो क्षणको लिङ्क प्रतिलिपि गर्नुहोस्',
    loading: 'लोड हुँदै',
    chat: 'त्यतिबेलाको च्याट',
    noChat: 'अहिलेसम्म कसैले केही भनेको छैन।',
    hole: 'यो भागको च्याट मात्र राखिएको छ।',
    not_recorded: 'यो प्रसारण रेकर्ड गरिएको थिएन। च्याट पढ्न सकिन्छ।',
    still_recording: 'पुनः प्रसारण तयार हुँदै छ।',
    recording_expired: 'पुनः प्रसारण राख्ने समय सकियो। च्याट पढ्न सकिन्छ।',
    recording_removed: 'पुनः प्रसारण हटाइयो।',
    recording_lost: 'पुनः प्रसारण हराएको छ। च्याट पढ्न सकिन्छ।',
    away: 'पुनः प्रसारण लोड हुन सकेन।',
    tryAgain: 'फेरि प्रयास गर्नुहोस्',
  },
}
