/** Nepali words, in Devanagari and as people type them in Latin letters, each with its weight. */
import { entriesOf, phrasesOf, type WordLine } from './word-list.ts'

const roman: WordLine[] = [
  ['insult', 0.8, 'machikne machikney machikni machiknee machikna machikn maachikne'],
  ['insult', 0.8, 'madarchod madarchot behenchod bhenchod bainchod behnchod'],
  ['insult', 0.78, 'muji mujii muzi mujji mujhi randi randiko'],
  ['insult', 0.78, 'rando randikoban randikochhoro randikochoro chutiya chutia'],
  ['insult', 0.78, 'chutiye chutya bhosdike bhosadike bhosdiwala bhosdi gandu gaandu lauda lawda'],
  ['insult', 0.76, 'lado ladoo laado puti geda gedaa chikne chikney chikni'],
  ['insult', 0.76, 'jatha jathaa jatho jathi besya beshya besyaa veshya'],
  ['insult', 0.72, 'haramkhor haramjada harami haraami kamina kamine kutta kutti sungur tauke'],
  ['insult', 0.72, 'murdar chakka hijada hijra'],
  ['mild', 0.5, 'khate khatey suar suwar bhalu turi gadha gadhaa murkha murkh bewakuf bewakoof'],
  ['mild', 0.5, 'ullu pagal paagal sala saala'],
  ['mild', 0.5, 'saale lafanga badmas badmash goru kukur bandar nalayak nikamma'],
  ['slur', 0.8, 'madise madisey madhise'],
  ['mild', 0.5, 'dhoti bhote bhotey'],
  ['vulgar', 0.62, 'chikyo chikera chikdinchhu chikdinchu chikchhu chikchu lund'],
  ['vulgar', 0.45, 'chak chaak gu thutuno chusne'],
]

const script: WordLine[] = [
  ['insult', 0.8, 'माचिक्ने माचिक्नी माचिकने मचिक्ने माचिक्नु मादरचोद बहनचोद भेनचोद माचिक्न'],
  ['insult', 0.78, 'मुजी मुजि मूजी रन्डी रण्डी रन्डि रण्डि रन्डो चुतिया चुतीया'],
  ['insult', 0.78, 'भोसडीके गाण्डु गान्डु'],
  ['insult', 0.76, 'लाडो लाँडो पुती पुति गेडा टुरी चिक्ने चिक्नी जाठा जाठो जाठी वेश्या बेश्या'],
  ['insult', 0.72, 'हरामी हरामखोर हरामजादा कमिना कुत्ता कुत्ती सुँगुर सुंगुर टाउके'],
  ['insult', 0.72, 'मुर्दार छक्का हिजडा'],
  ['mild', 0.5, 'खाते गधा मूर्ख मुर्ख बेवकुफ बेवकूफ पागल साला साले लफङ्गा गोरु कुकुर बाँदर भालु'],
  ['mild', 0.5, 'नालायक निकम्मा बदमास उल्लु'],
  ['slur', 0.8, 'मदिसे मधिसे'],
  ['mild', 0.5, 'धोती भोटे'],
  ['vulgar', 0.62, 'लन्ड चिक्यो चिकेर चिक्छु चिक्दिन्छु लौडा'],
]

const phrases: WordLine[] = [
  [
    'insult',
    0.94,
    'kukur ko chhoro, kukurko chhoro, kukur ko choro, kukurko choro, suar ko baccha',
  ],
  ['insult', 0.95, 'randi ko chhoro, randi ko choro, randiko chhoro, randiko choro, randi ko ban'],
  [
    'insult',
    0.95,
    'randi ko baan, randiko ban, randiko baan, tero ama lai, tero aama lai, teri ama',
  ],
  ['insult', 0.93, 'gu kha, lado kha, lado chus, laado chus, chak chat, puti chat, mero lado'],
  ['insult', 0.93, 'kutta ka bacha, kutte ka pilla, harami ko baccha, teri maa ki, teri ma ki'],
  ['threat', 0.95, 'marera ja, mar gaera, jhundera mar, jhundiera mar, bish khaera mar'],
  ['threat', 0.94, 'tero tauko katchu, kati dinchu, kaati dinchhu, mari dinchu, maaridinchhu'],
  ['insult', 0.66, 'chup lag, chup laga, thutuno banda, nikli ja'],
  ['insult', 0.94, 'कुकुरको छोरो, कुकुर को छोरो, रन्डीको छोरो, रण्डीको छोरो, रन्डी को छोरो'],
  ['insult', 0.95, 'रन्डीको बान, रण्डीको बान, रण्डी को बान, रन्डी को बान, तेरो आमालाई, तेरी आमा'],
  ['insult', 0.93, 'गु खा, गू खा, लाडो खा, लाडो चुस, चाक चाट, पुती चाट, सुँगुरको बच्चा'],
  ['threat', 0.95, 'मरेर जा, झुण्डिएर मर, झुन्डिएर मर, विष खाएर मर'],
  ['threat', 0.95, 'मार्दिन्छु तँलाई, काटिदिन्छु तँलाई, तँलाई मार्दिन्छु, तँलाई काटिदिन्छु'],
  ['insult', 0.66, 'चुप लाग, थुतुनो बन्द'],
]

export const nepaliWords = [...entriesOf(roman), ...entriesOf(script)]
export const nepaliPhrases = phrasesOf(phrases)
export const nepaliStems = entriesOf([
  ['insult', 0.8, 'machikn madarchod bhenchod behenchod randiko chutiya bhosdi'],
])

/** Who is spoken to; the low form of "you" is half an insult itself. */
export const nepaliYou =
  'ta taa tah tero teri talai taile timi timro timilai timiharu tapai ' +
  'तँ तं तेरो तेरी तँलाई तैंले तिमी तिमीहरू तिमीहरु तिम्रो तिमीलाई'

/** Endings a noun takes on, longest first. */
export const nepaliEndings = 'हरूलाई हरुलाई हरूको हरुको हरूले हरुले हरू हरु लाई को का की ले मा'
export const romanEndings = 'harulai haruko harule haru lai ko le'
