/** What is said over a picture that is live, in Nepali. */
import type { enPlayer } from './en-player.ts'

export const nePlayer: typeof enPlayer = {
  player: {
    controls: 'चित्र र आवाज',
    mute: 'आवाज बन्द गर्नुहोस्',
    unmute: 'आवाज खोल्नुहोस्',
    volume: 'आवाजको मात्रा',
    quality: 'चित्रको गुणस्तर',
    qualities: { auto: 'स्वतः', medium: 'मध्यम', low: 'न्यून' },
    float: 'चित्र छुट्टै विन्डोमा',
    full: 'पूरा स्क्रिन',
    leaveFull: 'पूरा स्क्रिन छोड्नुहोस्',
    screenOf: '{{name}} को स्क्रिन',
    isMuted: '{{name}} को आवाज बन्द छ',
    connecting: 'चित्र र आवाज आउँदैछ।',
    comingBack: 'चित्र र आवाज फर्किँदैछ।',
    away: 'चित्र र आवाज अहिले छैन। च्याट चलिरहन्छ।',
    hear: 'सुन्न थिच्नुहोस्',
  },
}
