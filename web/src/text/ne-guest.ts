/** What is said of a viewer's way to the stage, in Nepali. */
import type { enGuest } from './en-guest.ts'

export const neGuest: typeof enGuest = {
  guest: {
    join: 'मञ्चमा आउनुहोस्',
    ask: 'मञ्चमा आउन अनुरोध गर्नुहोस्',
    place: 'तपाईंको पालो {{count, number}}',
    lowerName: 'तपाईंको पालो {{count, number}}। हात झार्नुहोस्',
    waiting: 'तपाईंको हात उठेको छ। तपाईंको पालो {{count, number}}।',
    guests: 'पाहुनाहरू',
    guestsWaiting_one: 'पाहुनाहरू, {{count, number}} जना आउन चाहन्छन्',
    guestsWaiting_other: 'पाहुनाहरू, {{count, number}} जना आउन चाहन्छन्',
    invited: 'तपाईंलाई मञ्चमा निम्तो छ',
    invitedBy: '{{name}} ले तपाईंलाई बोलाउनुभयो। यहाँका सबैले तपाईंलाई देख्ने र सुन्नेछन्।',
    look: 'पहिले आफूलाई हेर्नुहोस्। आउनुअघि कसैले तपाईंलाई देख्दैन, सुन्दैन।',
    joining: 'आउँदै',
    joins: {
      camera: 'क्यामेरासहित आउनुहोस्',
      voice: 'आवाजसहित आउनुहोस्',
      without: 'दुवै बिना आउनुहोस्',
      unasked: 'क्यामेरा र माइकसहित आउनुहोस्',
    },
    onStage: 'तपाईं मञ्चमा हुनुहुन्छ',
    elsewhere: 'तपाईं अर्को झ्यालबाट मञ्चमा हुनुहुन्छ। यहाँको बटनले यहाँबाट पनि पठाउँछ।',
    leave: 'मञ्च छोड्नुहोस्',
    sanctioned: 'तपाईंलाई मञ्चबाट हटाइयो।',
    lapsed: 'निम्तोको समय सकियो। फेरि बोलाइन हात उठाउनुहोस्।',
  },
}
