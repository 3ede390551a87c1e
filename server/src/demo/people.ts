/**
 * The people of the demo and their channels. None of them exists; each says so about themself.
 * `.example` is reserved: no mail to these addresses can ever reach anybody.
 */
import type { ChannelChange } from '../channels/protocol.ts'

export interface DemoPerson {
  username: string
  name: string
  about: string
  channel: ChannelChange & { name: string; about: string }
  /** The password is printed, so that one can sign in as them. */
  shown?: string
}

export const demoMark = 'A made-up person of the demo.'
export const emailOf = ({ username }: Pick<DemoPerson, 'username'>) => `${username}@demo.example`

const evening = (weekday: number, hourUtc: number, title: string) => ({
  weekday,
  startMinute: hourUtc * 60,
  durationMinutes: 90,
  title,
})

/** The first one is the host of the stream that is live. */
export const demoPeople: readonly [DemoPerson, ...DemoPerson[]] = [
  {
    username: 'asha',
    name: 'Asha Gurung',
    about: 'Sarangi and guitar from a rooftop in Patan.',
    shown: 'host of the live stream',
    channel: {
      name: 'Rooftop Sessions',
      about:
        'Old songs from the hills, played slowly above a noisy city. I take requests as long as ' +
        'nobody minds if I have to learn the second verse while you wait.',
      category: 'music',
      language: 'ne',
      country: 'NP',
      schedule: [evening(4, 13, 'Friday rooftop'), evening(6, 2, 'Sunday with tea')],
    },
  },
  {
    username: 'sam',
    name: 'Sam Okafor',
    about: 'Plays hard games gently.',
    shown: 'a channel of their own',
    channel: {
      name: 'Save Point',
      about:
        'Difficult games, patient company. We look at everything, we fall into every pit, and ' +
        'nobody has to be good at it.',
      category: 'gaming',
      language: 'en',
      country: 'NG',
      schedule: [evening(2, 19, 'Midweek boss attempts')],
    },
  },
  {
    username: 'maya',
    name: 'Maya Shrestha',
    about: 'खाना, गफ र अलिकति हाँसो।',
    shown: 'a channel in Nepali',
    channel: {
      name: 'मायाको भान्सा',
      about:
        'घरमै पाक्ने सजिलो खाना। आज के पकाउने भन्ने तपाईंहरू नै भन्नुहोस्, म चुलो बाल्छु। ' +
        'ढिलो आउनेलाई पनि एक थाल बचाइदिन्छु।',
      category: 'local',
      language: 'ne',
      country: 'NP',
      schedule: [evening(5, 12, 'शनिबारको खाजा')],
    },
  },
  {
    username: 'julia',
    name: 'Julia Brandt',
    about: 'Töpferin in Halle. Meistens Schüsseln.',
    channel: {
      name: 'Ton um acht',
      about:
        'Jeden Abend eine Form, von vorn bis hinten. Fragen sind willkommen, auch die, die man ' +
        'sich im Kurs nicht zu stellen traut.',
      category: 'art',
      language: 'de',
      country: 'DE',
      schedule: [evening(1, 18, 'Drehen'), evening(3, 18, 'Glasieren')],
    },
  },
  {
    username: 'tenzin',
    name: 'Tenzin Lama',
    about: 'Walks for a living, talks about it after.',
    channel: {
      name: 'High Route',
      about:
        'Evenings with a trekking guide: maps on the table, weather in the window, and why you ' +
        'should always carry one more pair of socks.',
      category: 'talk',
      language: 'en',
      country: 'NP',
    },
  },
  {
    username: 'ines',
    name: 'Inês Carvalho',
    about: 'Canta baixinho, para não acordar os vizinhos.',
    channel: {
      name: 'Fado à janela',
      about: 'Uma voz, uma guitarra, a rua lá em baixo. Às quintas, com convidados.',
      category: 'music',
      language: 'pt',
      country: 'PT',
      schedule: [evening(3, 21, 'Quinta com convidados')],
    },
  },
  {
    username: 'kenji',
    name: 'Kenji Mori',
    about: '古いラジオを直しています。',
    channel: {
      name: 'Yoru no Handagote',
      about: '壊れたラジオを一台ずつ、音が出るまで。初心者の質問を歓迎します。',
      category: 'learn',
      language: 'ja',
      country: 'JP',
    },
  },
  {
    username: 'leila',
    name: 'ليلى حداد',
    about: 'أكتب ببطء.',
    channel: {
      name: 'خط اليد',
      about: 'حرف واحد في كل مرة، بالقصبة والحبر. اجلبوا ورقة وجربوا معي.',
      category: 'art',
      language: 'ar',
      country: 'LB',
    },
  },
  {
    username: 'bikash',
    name: 'विकास राई',
    about: 'गोल भन्दा बढी गफ।',
    channel: {
      name: 'मैदानबाट',
      about: 'गाउँको फुटबल, सहरको फुटबल, अनि टेलिभिजनमा देखिने फुटबल। रेफ्रीलाई माफी छ।',
      category: 'sport',
      language: 'ne',
      country: 'NP',
    },
  },
  {
    username: 'priya',
    name: 'Priya Nair',
    about: 'Teaches by day, proves by night.',
    channel: {
      name: 'Proofs over Chai',
      about:
        'One theorem, one pot of tea. We stop whenever somebody is lost, which is usually me, ' +
        'and we do not go on until it feels obvious.',
      category: 'learn',
      language: 'en',
      country: 'IN',
    },
  },
  {
    username: 'rosa',
    name: 'Rosa Delgado',
    about: 'Cocina sin prisa.',
    channel: {
      name: 'A fuego lento',
      about: 'Guisos que tardan y conversación mientras tanto. Traed hambre y buenas historias.',
      category: 'local',
      language: 'es',
      country: 'ES',
    },
  },
  {
    username: 'tom',
    name: 'Tom Whitfield',
    about: 'Beans, birds and bad jokes.',
    channel: {
      name: 'Allotment Radio',
      about:
        'Live from shed number nine. What is growing, what is eating it, and what the neighbours ' +
        'think of my scarecrow.',
      category: 'talk',
      language: 'en',
      country: 'GB',
    },
  },
]

/** They come without an account, and go again. */
export const demoGuests: readonly string[] = [
  'Nabin',
  'Elif',
  'Marco',
  'Sunita',
  'Yuki',
  'Olu',
  'Hanna',
]
