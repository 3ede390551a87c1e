/** Every word the app says, in Nepali. The shape is English's, so nothing can be missing. */
import type { Text } from './en.ts'
import { neAdmin } from './ne-admin.ts'
import { neBroadcast } from './ne-broadcast.ts'
import { neChannel } from './ne-channel.ts'
import { neChat } from './ne-chat.ts'
import { neCrew } from './ne-crew.ts'
import { neHouse } from './ne-house.ts'
import { neOwner } from './ne-owner.ts'
import { nePlayer } from './ne-player.ts'
import { neRefusals } from './ne-refusals.ts'
import { neReplay } from './ne-replay.ts'
import { neRoom } from './ne-room.ts'
import { neStudio } from './ne-studio.ts'

export const ne: Text = {
  ...neHouse,
  ...neChannel,
  ...neBroadcast,
  ...neOwner,
  auth: {
    signInTitle: 'साइन इन',
    registerTitle: 'खाता बनाउनुहोस्',
    guestTitle: 'पाहुनाको रूपमा आउनुहोस्',
    guestText: 'आफूले रोजेको नामले हेर्नुहोस् र कुरा गर्नुहोस्। केही सम्झनु पर्दैन।',
    email: 'इमेल',
    password: 'पासवर्ड',
    username: 'प्रयोगकर्ता नाम',
    usernameHint: 'a–z, अङ्क र _। अरूले च्याटमा यही देख्छन्।',
    passwordHint: 'कम्तीमा {{count}} अक्षर।',
    guestName: 'च्याटमा तपाईंको नाम',
    guestNameHint: 'खाली छोड्नुभए हामी रोज्छौँ।',
    show: 'पासवर्ड देखाउनुहोस्',
    hide: 'पासवर्ड लुकाउनुहोस्',
    capsLock: 'Caps Lock खुला छ।',
    signIn: 'साइन इन',
    register: 'खाता बनाउनुहोस्',
    guest: 'पाहुनाको रूपमा जारी राख्नुहोस्',
    working: 'एक छिन',
    toRegister: 'यहाँ नयाँ हुनुहुन्छ?',
    toSignIn: 'खाता छ?',
    or: 'वा',
    welcomeTitle: 'तपाईं साइन इन हुनुभयो',
    welcomeText: 'तपाईं यहाँ {{name}} हुनुहुन्छ।',
    wrong: {
      email: 'यो इमेल ठेगाना होइन।',
      emailEmpty: 'इमेल ठेगाना लेख्नुहोस्।',
      password: 'पासवर्डमा कम्तीमा {{count}} अक्षर चाहिन्छ।',
      passwordEmpty: 'पासवर्ड लेख्नुहोस्।',
      username: 'प्रयोगकर्ता नाममा {{from}} देखि {{to}} वटा a–z, अङ्क वा _ हुन्छन्।',
      name: 'नाममा {{from}} देखि {{to}} अक्षर हुन्छन्।',
    },
  },
  goLive: {
    noCategory: 'कुनै होइन',
    heading: 'कोठा खोल्नुहोस्',
    text: 'शीर्षक दिनुहोस्। तपाईं आयोजक भएर पस्नुहुन्छ, र तपाईंले भनेपछि प्रसारण सुरु हुन्छ।',
    field: 'शीर्षक',
    placeholder: 'आज के गर्दै हुनुहुन्छ?',
    category: 'विषय',
    open: 'कोठा खोल्नुहोस्',
    empty: 'कोठालाई शीर्षक चाहिन्छ।',
    tooLong: 'शीर्षकमा बढीमा {{count}} अक्षर हुन्छन्।',
    accountTitle: 'प्रत्यक्ष जान खाता चाहिन्छ',
    accountText: 'नाम, इमेल ठेगाना र पासवर्ड भए पुग्छ।',
  },
  log: {
    title: '{{title}} को च्याट',
    back: 'कोठामा फर्कनुहोस्',
    older: 'पुराना सन्देश',
    begin: 'यहींबाट सुरु भएको हो।',
    empty: 'यस प्रसारणमा कसैले केही भनेनन्।',
  },
  settings: {
    title: 'सेटिङ',
    profile: 'परिचय',
    name: 'नाम',
    nameHint: 'अरूले देख्ने नाम।',
    about: 'बारेमा',
    aboutHint: 'एक–दुई वाक्य, तपाईंको च्यानलमा देखिन्छ।',
    save: 'सुरक्षित गर्नुहोस्',
    saved: 'सुरक्षित भयो।',
    appearance: 'रूप',
    letterKeys: 'एक अक्षरका कुञ्जी',
    letterKeysText:
      'M ले आवाज बन्द गर्छ, C ले च्याटमा लैजान्छ, / ले खोजमा। बोलेर लेख्नुहुन्छ वा झुक्किएर थिच्नुहुन्छ भने बन्द गर्नुहोस्।',
    blocked: 'रोकिएका मानिस',
    blockedNone: 'तपाईंले कसैलाई रोक्नुभएको छैन।',
    unblock: '{{name}} लाई खोल्नुहोस्',
    sessions: 'साइन इन भएका ठाउँ',
    everywhere: 'सबैतिरबाट साइन आउट',
    everywhereText: 'यो समेत सबै यन्त्रका साइन इन अन्त्य हुन्छन्।',
    everywhereAsk: 'सबैतिरबाट साइन आउट गर्ने?',
    signInFirst: 'सेटिङ हेर्न साइन इन गर्नुहोस्।',
  },
  verifyEmail: {
    title: 'ठेगाना पक्का गर्नुहोस्',
    text: 'एक क्लिकमा यो ठेगाना यहाँ तपाईंको हुन्छ।',
    confirm: 'मेरो ठेगाना पक्का गर्नुहोस्',
    unconfirmed: '{{email}} अझै पक्का भएको छैन।',
    done: '{{email}} पक्का भयो।',
    ask: 'हामी {{email}} मा लिङ्क पठाउँछौँ। त्यो एक दिन चल्छ।',
    send: 'चिठी पठाउनुहोस्',
    sent: '{{email}} मा चिठी जाँदै छ। स्पाम पनि हेर्नुहोस्।',
    signIn: 'साइन इन गर्नुहोस्, हामी चिठी पठाउँछौँ।',
  },
  admin: {
    title: 'यो सर्भर आफ्नो बनाउनुहोस्',
    text: 'साइन इन भएको खाता यस सर्भरको प्रशासक बन्छ। लिङ्क एक पटक मात्र चल्छ।',
    claim: '{{name}} लाई प्रशासक बनाउनुहोस्',
    done: '{{name}} अब प्रशासक हुनुहुन्छ।',
    needAccount: 'पहिले साइन इन गर्नुहोस् वा खाता बनाउनुहोस्; यो पृष्ठ पर्खिरहन्छ।',
    noToken: 'लिङ्क अधुरो छ। सर्भरले देखाएको पूरै लाइन प्रतिलिपि गर्नुहोस्।',
  },
  ...neRefusals,
  ...neRoom,
  ...neReplay,
  ...nePlayer,
  ...neChat,
  ...neCrew,
  ...neStudio,
  ...neAdmin,
}
