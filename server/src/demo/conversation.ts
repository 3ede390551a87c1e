/**
 * What people say in the demo's live stream: short exchanges, played line by line. `host` is the
 * host; letters are whoever is there, a different person for each letter.
 */
export type Line = readonly [who: 'host' | 'a' | 'b' | 'c', text: string]
export type Exchange = readonly Line[]

/** Said first, by the host, in every new stream. */
export const opening: Exchange = [
  ['host', 'Namaste and welcome. The audience of this demo is made up, the room is real.'],
  ['host', 'Say something and I will find a chord for it.'],
]

/** For somebody who is not one of us. */
export const welcomes: readonly ((name: string) => string)[] = [
  (name) => `Good to see you, ${name}. Sit anywhere.`,
  (name) => `Welcome up here, ${name}. Mind the third step.`,
  (name) => `${name}, you made it before the rain. Any wishes?`,
]

export const exchanges: readonly Exchange[] = [
  [
    ['a', 'is that the old sarangi again? it sounds different tonight'],
    ['host', 'Same one, new strings. They still stretch, so forgive the tuning.'],
    ['a', 'forgiven. it sounds warmer'],
  ],
  [
    ['a', 'what was that last song called?'],
    ['host', 'Resham Firiri, only slower than anybody plays it at weddings.'],
    ['b', 'my uncle would object to that tempo'],
    ['c', 'your uncle is not here :)'],
  ],
  [
    ['a', 'नमस्ते दिदी, आज पनि छानामै?'],
    ['host', 'नमस्ते! हो, घाम डुब्न लाग्यो, हावा मीठो छ।'],
    ['b', 'यता त पानी पर्दैछ'],
  ],
  [
    ['a', 'I can hear the rain starting, are you under a roof?'],
    ['host', 'Half of me is. The half with the guitar.'],
    ['b', 'priorities'],
  ],
  [
    ['a', 'first time here, this is lovely'],
    ['b', 'welcome! it gets better when the dogs next door join in'],
    ['a', 'looking forward to the dogs'],
  ],
  [
    ['a', 'could you play the one about the river again?'],
    ['host', 'After this one. I have to climb down to the low string first.'],
    ['a', 'no hurry at all'],
  ],
  [
    ['a', 'what tuning is that?'],
    ['host', 'D A D G A D, and the capo on the second fret because my voice is lazy tonight.'],
    ['b', 'writing that down'],
  ],
  [
    ['a', 'listening from the night shift, you are keeping me awake in the good way'],
    ['b', 'solidarity from another night shift'],
    ['host', 'Then one fast one for the night shifts.'],
  ],
  [
    ['a', 'कति राम्रो! फेरि एकचोटि'],
    ['b', 'हो नि, त्यो अन्तिम हरफ'],
    ['host', 'ल, अन्तिम हरफ फेरि, सबैले सँगै।'],
  ],
  [
    ['a', 'my daughter is dancing around the kitchen to this'],
    ['host', 'Then we cannot stop now. What is her name?'],
    ['a', 'Mila. she says louder'],
    ['host', 'For Mila, louder.'],
  ],
  [
    ['a', 'is there a recording of last Friday?'],
    ['b', 'the chat is kept at least, scroll up'],
    ['a', 'found it, thank you'],
  ],
  [
    ['a', 'that key change!'],
    ['b', 'I felt that in my shoulders'],
    ['c', 'same'],
  ],
  [
    ['a', 'tea or coffee up there?'],
    ['host', 'Tea, with too much ginger.'],
    ['b', 'there is no such thing'],
  ],
  [
    ['a', 'greetings from Lisbon, it is already dark here'],
    ['b', 'Halle says hello, also dark'],
    ['host', 'Here the sky is doing all of its colours at once. Wait, I turn the camera.'],
  ],
  [
    ['a', 'how long did it take you to learn the sarangi?'],
    ['host', 'Eleven years, and my teacher still laughs at my left hand.'],
    ['b', 'that is strangely encouraging'],
  ],
  [
    ['a', 'sound is a bit low for me'],
    ['b', 'fine here'],
    ['host', 'I moved the microphone closer. Better?'],
    ['a', 'much better, thanks'],
  ],
  [
    ['a', 'the swallows are back in the picture'],
    ['c', 'they know when the show starts'],
  ],
  [
    ['a', 'does anybody have the words in roman letters?'],
    ['b', 'I posted them last week, one moment'],
    ['b', 'resham firiri, resham firiri, udera jaunki dandama bhanjyang'],
    ['a', 'perfect, singing along badly now'],
  ],
  [
    ['a', 'who else is here for the third Friday in a row'],
    ['b', 'me'],
    ['c', 'guilty'],
  ],
  [
    ['a', 'power just went out here, but the phone still plays'],
    ['host', 'Then it is a candlelight session for you.'],
    ['a', 'it really is'],
  ],
  [
    ['a', 'what do the bells in the background belong to?'],
    ['host', 'The temple around the corner. They come in on the beat about one time in three.'],
    ['b', 'better average than my band'],
  ],
  [
    ['a', 'भोलि पनि आउनुहुन्छ?'],
    ['host', 'भोलि होइन, आइतबार चियासँग।'],
    ['a', 'हुन्छ, चिया म ल्याउँछु'],
  ],
  [
    ['a', 'made momo while listening, burned two'],
    ['b', 'only two?'],
    ['a', 'two of four'],
  ],
  [
    ['a', 'this part gives me goosebumps every time'],
    ['b', 'every single time'],
  ],
  [
    ['a', 'can you say what the song is about?'],
    [
      'host',
      'Somebody leaves before the monsoon and promises to be back after it. The rest is rain.',
    ],
    ['c', 'the rest is rain. stealing that'],
  ],
  [
    ['a', 'ola de Sevilla, qué bonito'],
    ['host', 'Hola Sevilla! This one has a bit of your rhythm in it.'],
  ],
  [
    ['a', 'I have been trying that picking pattern all week'],
    ['host', 'Thumb first, then forget the thumb. It comes on the tenth day.'],
    ['a', 'so, Tuesday'],
  ],
  [
    ['a', 'quiet crowd tonight'],
    ['b', 'listening crowd'],
    ['c', 'very much listening'],
  ],
]
