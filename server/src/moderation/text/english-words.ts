/** English words, stems that give long words away, and phrases, each with its weight. */
import { entriesOf, phrasesOf, type WordLine } from './word-list.ts'

const words: WordLine[] = [
  ['slur', 1, 'nigger niggers nigga niggas niggah niggaz nigguh niggress nigglet sandnigger'],
  ['slur', 0.97, 'faggot faggots fagot faggy faggit fagit phaggot kike kikes spic spics spick'],
  ['slur', 0.95, 'chink chinks chinky gook gooks wetback wetbacks paki pakis raghead ragheads'],
  ['slur', 0.95, 'towelhead towelheads beaner beaners coon coons jigaboo darkie darkies golliwog'],
  ['slur', 0.93, 'tranny trannies shemale shemales fag fags kaffir kaffirs'],
  ['slur', 0.92, 'retard retards retarded retardo libtard fucktard mongoloid spastic spaz'],
  ['slur', 0.92, 'chingchong zipperhead curryeater dothead pikey pikeys gyppo untermensch'],
  ['slur', 0.7, 'dyke dykes abo abos'],
  ['threat', 0.96, 'kys kysfr kysnow'],
  ['insult', 0.72, 'bitch bitches bitchy bitchass biatch biotch btch bich beyotch biach bitchh'],
  ['insult', 0.74, 'asshole assholes ashole asshat asshats asswipe arsehole arseholes assclown'],
  ['insult', 0.75, 'cunt cunts kunt cnt cunty'],
  ['insult', 0.72, 'whore whores slut sluts slutty slag slags skank skanks thot thots'],
  [
    'insult',
    0.7,
    'bastard bastards bstard dickhead dickheads dickface dickwad dickweed prick pricks',
  ],
  ['insult', 0.7, 'wanker wankers wnker twat twats tosser tossers bellend knobhead knobheads'],
  [
    'insult',
    0.7,
    'douchebag douchebags douche scumbag scumbags jackass jackasses dumbass dumbasses',
  ],
  [
    'insult',
    0.7,
    'fatass lardass pussyass shithead shitheads shitface shitbag shitstain cuck cucks',
  ],
  ['insult', 0.72, 'cocksucker cocksuckers subhuman subhumans pedo pedos'],
  ['insult', 0.7, 'paedo paedos pedophile pedophiles'],
  ['insult', 0.78, 'motherfucker motherfuckers mofo mofos mothafucka muthafucka muddafucka mf'],
  [
    'insult',
    0.76,
    'fucker fuckers fuckface fuckhead fuckwit fuckwits fuckboy dumbfuck fuker fckers',
  ],
  ['mild', 0.46, 'idiot idiots idiotic moron morons imbecile imbeciles dumb dumbo stupid stupids'],
  ['mild', 0.46, 'loser losers clown clowns pathetic worthless trash garbage scum pig pigs dimwit'],
  ['mild', 0.46, 'ugly fatso lowlife creep creeps freak freaks weirdo nitwit halfwit buffoon'],
  ['mild', 0.46, 'disgusting brainless brainlet braindead cretin dunce vermin inbred incel'],
  ['mild', 0.46, 'nazi nazis rat rats cockroach cockroaches snake disgrace failure coward cowards'],
  ['insult', 0.58, 'hoe hoes'],
  ['mild', 0.5, 'sucker suckers jerk jerks crappy simp simps noob tard tards psycho degenerate'],
  ['obscene', 0.66, 'fuck fucks fucked fuckin fucking fuckn fuckd fucken fuk fuks fukin fuking'],
  [
    'obscene',
    0.66,
    'fck fcking fckin fcked fucc fuxk fuq phuck phuk fuckk fcuk fvk fukk effing fking',
  ],
  ['obscene', 0.66, 'motherfucking mothafuckin clusterfuck mindfuck fuckup fuckery fkn fkin'],
  ['obscene', 0.62, 'stfu gtfo'],
  ['obscene', 0.92, 'fuckyou fucku fckyou fuckoff fku'],
  [
    'vulgar',
    0.62,
    'shit shits shitty shite shitting shitted shat sht shyt shiet shitshow bullshit',
  ],
  [
    'vulgar',
    0.62,
    'horseshit dipshit batshit apeshit dogshit shithole shitposting shittier shitload',
  ],
  [
    'vulgar',
    0.61,
    'ass asses arse arses azz asss bollocks piss pissed pissing pisses pissoff turd',
  ],
  [
    'vulgar',
    0.61,
    'turds dick dicks pussy pussies puss tits titties titty boobs bugger wank wanking',
  ],
  ['vulgar', 0.61, 'minge bollox jizz ballsack nutsack scrotum tit'],
  [
    'vulgar',
    0.4,
    'crap balls knob fanny damn dammit goddamn hell bloody boob wtf lmfao af omfg screwed sucks',
  ],
  ['sexual', 0.66, 'blowjob blowjobs handjob handjobs rimjob cumshot creampie gangbang bukkake'],
  [
    'sexual',
    0.64,
    'dildo dildos buttplug fellatio cunnilingus porn porno pornhub xxx milf milfs cum',
  ],
  [
    'sexual',
    0.64,
    'cumming cums horny hentai deepthroat fleshlight jerkoff masturbate masturbating',
  ],
  [
    'sexual',
    0.62,
    'cock cocks anal anus penis penises vagina vaginas clit orgy orgies boner boners',
  ],
  ['sexual', 0.62, 'fingering fisting camgirl onlyfansleak nudes'],
  ['sexual', 0.55, 'rape raped rapes raping rapist rapists'],
  ['sexual', 0.4, 'sex sexy nude naked orgasm semen sperm nipple nipples hooker hookers testicles'],
]

/** Words that do not occur inside clean ones, save those in false-friends.ts. */
const stems: WordLine[] = [
  ['slur', 1, 'nigger nigga'],
  ['slur', 0.96, 'faggot wetback raghead chingchong'],
  ['slur', 0.92, 'retarded fucktard'],
  ['insult', 0.78, 'motherfuck mothafuck'],
  ['insult', 0.74, 'asshole arsehole cunt bitch dickhead cocksuck shithead dumbfuck'],
  ['insult', 0.7, 'whore slut wanker douchebag'],
  ['obscene', 0.66, 'fuck fukk'],
  ['vulgar', 0.62, 'bullshit dipshit horseshit shitt shithole shitpost'],
  ['sexual', 0.66, 'blowjob handjob cumshot gangbang pornhub'],
]

const phrases: WordLine[] = [
  ['threat', 0.97, 'kill yourself, kill urself, kill ur self, kill your self, kill yourselves'],
  ['threat', 0.97, 'hang yourself, hang urself, neck yourself, neck urself, end your life'],
  ['threat', 0.96, 'rape you, rape u, rape your, hope you die, hope u die, hope you get raped'],
  [
    'threat',
    0.96,
    'cut yourself, shoot yourself, drink bleach, go kill yourself, slit your wrists',
  ],
  ['threat', 0.95, 'stab you, murder you, kill your family, kill ur family, burn your house'],
  ['threat', 0.95, 'jump off a bridge, jump off a cliff, hope you get cancer, get cancer'],
  [
    'threat',
    0.94,
    'you should die, u should die, go die, please die, die in a fire, unalive yourself',
  ],
  ['threat', 0.93, 'slit your throat, beat you to death, put a bullet in, bullet in your head'],
  ['threat', 0.92, 'hope your mother dies, hope your mom dies, i know where you live'],
  ['threat', 0.92, 'better off dead, deserve to die, world without you, find you and kill'],
  ['threat', 0.91, 'break your legs, break your neck, smash your face, bash your head in'],
  ['slur', 0.92, 'go back to your country, go back to africa, white power, heil hitler, sieg heil'],
  ['slur', 0.92, 'gas the jews, hitler was right, curry muncher, sand monkey, porch monkey'],
  ['slur', 0.92, 'dirty jew, dirty muslim, dirty immigrant, jungle bunny, ching chong'],
  ['obscene', 0.92, 'shut the fuck up, go fuck yourself, fucking kill you, fk u, fk you'],
  [
    'insult',
    0.93,
    'suck my dick, suck my cock, suck my balls, suck a dick, suck dick, lick my balls',
  ],
  ['insult', 0.92, 'eat shit, eat my ass, piece of shit, pieces of shit, full of shit'],
  ['insult', 0.92, 'son of a bitch, sob bitch, son of a whore, your mom is a whore, stupid cow'],
  ['insult', 0.92, 'kiss my ass, lick my ass, shove it up your, stick it up your, blow me bitch'],
  ['insult', 0.74, 'shut up, no one likes you, nobody likes you, everyone hates you, hate you'],
  [
    'insult',
    0.66,
    'screw you, go to hell, burn in hell, rot in hell, drop dead, piss off, bugger off',
  ],
  ['insult', 0.66, 'up yours, fat cow, ugly cow, waste of space, waste of oxygen, waste of air'],
  ['insult', 0.66, 'send nudes, show tits, show boobs, show your tits, show your boobs, show bobs'],
  [
    'insult',
    0.66,
    'your mom is fat, brain dead, your mother is ugly, so gay, kill you, f off, f you',
  ],
  ['insult', 0.66, 'uninstall life, delete yourself, nobody asked you'],
]

export const englishWords = entriesOf(words)
export const englishStems = entriesOf(stems)
export const englishPhrases = phrasesOf(phrases)

/** Who is spoken to. */
export const englishYou = 'you u ya your ur youre yourself urself yall yo thou streamer'
/** Who is spoken of. */
export const englishThey = 'he she they hes shes theyre him her them his their'

/** Fragments that are words themselves: joining two of them makes no bad word. */
export const englishShort = `a i an as at am be by do go he hi if in is it me my no of oh ok on or
  pen so to up us we ye yo the and but you are was not for all can had her his one our out day get
  has him how its new now old see two way who boy did let put say she too use man big off end yes
  ran her king hole head hit bit cook hat her ten let in ing hi lol ha mad set gas its got top pop`
