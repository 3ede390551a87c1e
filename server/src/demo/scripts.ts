/** What is said in the smaller live streams of the demo; the large one has a file of its own. */
import { type Exchange, exchanges, opening, welcomes } from './conversation.ts'
import type { LookName } from './stage/painter.ts'

export interface Script {
  title: string
  category: 'music' | 'gaming' | 'local' | 'talk'
  language: string
  opening: Exchange
  exchanges: readonly Exchange[]
  welcomes: readonly ((name: string) => string)[]
  /** How many simulated people are there: what sets the streams apart in the ranking. */
  present: { min: number; max: number }
  /** What is on its stage: a picture that looks like this, or voices, with who comes to speak. */
  stage: { look: LookName } | { speakers: readonly string[] }
}

const rooftop: Script = {
  title: 'Monsoon rooftop session (demo)',
  category: 'music',
  language: 'ne',
  opening,
  exchanges,
  welcomes,
  present: { min: 7, max: 15 },
  stage: { look: 'rooftop' },
}

const boss: Script = {
  title: 'Third evening at the same boss (demo)',
  category: 'gaming',
  language: 'en',
  opening: [
    ['host', 'Welcome to Save Point. The audience of this demo is made up, the boss is not.'],
    ['host', 'Attempt one of tonight. Count with me.'],
  ],
  exchanges: [
    [
      ['a', 'you rolled too early'],
      ['host', 'I always roll too early. It is a lifestyle.'],
    ],
    [
      ['a', 'which weapon is that?'],
      ['host', 'The rusty one. I named it Gerald.'],
      ['b', 'Gerald believes in you'],
    ],
    [
      ['a', 'second phase! second phase!'],
      ['host', 'Nobody breathe.'],
      ['b', 'not breathing'],
    ],
    [
      ['a', 'maybe try the left side of the arena'],
      ['host', 'That is where I left my dignity, but all right.'],
    ],
    [['a', 'so close']],
    [
      ['a', 'how many attempts is it now?'],
      ['b', 'forty-one'],
      ['host', 'Forty. One of them was the cat.'],
    ],
  ],
  welcomes: [
    (name) => `Hello ${name}, you are just in time to see me fall into a pit.`,
    (name) => `Welcome to the save point, ${name}.`,
  ],
  present: { min: 3, max: 5 },
  stage: { look: 'arcade' },
}

const kitchen: Script = {
  title: 'आजको खाजा: मम (demo)',
  category: 'local',
  language: 'ne',
  opening: [
    ['host', 'नमस्ते! यो डेमोका दर्शक काल्पनिक हुन्, भोक भने साँचो हो।'],
    ['host', 'आज मम। पिठो मुछिसकेँ, अब अचार।'],
  ],
  exchanges: [
    [
      ['a', 'अचारमा तिल हाल्ने कि नहाल्ने?'],
      ['host', 'हाल्ने, तर पहिले भुट्ने।'],
    ],
    [
      ['a', 'मेरो मम सधैँ फुट्छ'],
      ['host', 'पिठो अलि बढी मुछ्नुस्, अनि दस मिनेट छोप्नुस्।'],
      ['a', 'हुन्छ, आजै गर्छु'],
    ],
    [
      ['a', 'how long do you steam them?'],
      ['host', 'Twelve minutes. Ten if you are very hungry.'],
    ],
    [['a', 'बास्ना यहाँसम्म आयो']],
  ],
  welcomes: [
    (name) => `आउनुस् ${name}, एक थाल बचाएकी छु।`,
    (name) => `${name}, welcome to the kitchen.`,
  ],
  present: { min: 2, max: 3 },
  stage: { look: 'kitchen' },
}

const shed: Script = {
  title: 'Shed number nine, open line (demo)',
  category: 'talk',
  language: 'en',
  opening: [
    ['host', 'Welcome to the shed. The voices of this demo are made up, so are the beans.'],
    ['host', 'Raise a hand if you want a word, there is always a spare crate to sit on.'],
  ],
  exchanges: [
    [
      ['a', 'what is eating the kale this week?'],
      ['host', 'Pigeons. I can hear them laugh.'],
    ],
    [
      ['a', 'can you say the thing about the socks again'],
      ['b', 'one more pair than you think, that was it'],
    ],
    [
      ['a', 'good evening from the night bus'],
      ['host', 'Evening, night bus. Mind the wheelbarrow.'],
    ],
    [
      ['a', 'is the scarecrow coming on tonight?'],
      ['host', 'He is shy. He will raise a hand if he has something to say.'],
      ['b', 'he has straw hands'],
    ],
    [['a', 'listening while repotting, this is the life']],
  ],
  welcomes: [
    (name) => `Come in, ${name}, shut the door, the hens are out.`,
    (name) => `${name}, good to have you. Raise a hand if you like.`,
  ],
  present: { min: 3, max: 5 },
  stage: { speakers: ['tenzin', 'priya'] },
}

/** By the username of the host; the first one is the liveliest. */
export const scripts: readonly [host: string, script: Script][] = [
  ['asha', rooftop],
  ['sam', boss],
  ['maya', kitchen],
  ['tom', shed],
]
