/** Clean words and phrases that hold a listed word; nothing is looked for inside them. */

const words = `
  scunthorpe penistone lightwater clitheroe cockermouth cockburn cockfosters hitchcock hancock
  babcock peacock peacocks woodcock shuttlecock cockpit cockpits cocktail cocktails cockatoo
  cockatiel cockerel cocker cockle cockles cockney cockneys cocky stopcock gamecock weathercock
  dickens dickensian dickinson dickson dickie dickies dicky benedick dickon
  assassin assassins assassinate assassination assess assessment asset assets assign assignment
  assist assistant associate association assume assumption assure assurance assorted assemble
  assembly assault asshur bass brass class classic classical compass embarrass glass grass harass
  harassment hassle jurassic lass mass massage massive pass passage passion passive passport
  picasso sass sassy tassel trespass parnassus potassium molasses cassette canvass ambassador
  analysis analyst analyze analyse analog analogue analogy canal canals banal anally analytics
  arsenal arsenic arson coarse hearse parse rehearse sparse
  bitcoin habit bitchute bastardise bastardize bastille
  buttress button butter rebuttal butte buttermilk butterfly scuttlebutt
  circumstance cucumber cumin cumulative cumulus document accumulate circumference incumbent
  succumb encumber cumberland cumbria
  fagin fagus fukuoka fukushima fukuda
  niger nigeria nigerian nigerians snigger sniggers sniggered sniggering niggle niggles niggling
  niggardly denigrate vinegar enigma
  essex sussex middlesex wessex sextant sextet sexton sextuple unisex asexual
  grape grapes drape drapes scrape scraped scraper trapeze rapeseed therapist therapists rapper
  parapet skyscraper
  hello shell shells shellac michelle othello hellenic seashell
  homogenous homogeneous homonym homophone
  shiitake shitake mishit mishits shih shittah matsushita takeshita kinoshita yamashita
  spicy spice spices spicier auspicious despicable suspicion conspicuous hospice
  swank swanky wankel swanking
  title titles titan titanic titanium titillate constitution institute partition
  petition competition appetite stitch restitution entity identity quantity substitute
  twatt twattle saltwater meltwater sweetwater nightwatch
  raccoon raccoons tycoon cocoon cocoons racoon cartoon
  pakistan pakistani pakistanis
  shoe shoes phoenix shoehorn horseshoe tahoe
  therapeutic basement basemen horsemen seaman semantic semantics
  pussycat pussyfoot pussywillow
  manuscript manus janus uranus tetanus coronus annus
  retardant retardants retardation tardy tardis mustard custard bustard bastion dastardly leotard
  leotards petard
  scrap scraps scraping crapaud crape
  chinkapin
  vandyke dykeman dyken
  hoedown
  angus magnus guam angle pigsty pigment pigeon pigeons pigtail ratio ratios
  country countries county counts account discount countess viscount
  slaughter manslaughter laughter
  mofongo mofussil
  gookin gobbledygook
  sukhadi pagoda ladoga muzik
  ladakh laddu laddoo ladoos putin puting lalupate brandi brandish grandiose grandia randian
  sarandi mirandi kukurmuta chaku chakra chakras chaklet chaukidar gundruk gulab gufa gurung
  khatekuro salama salary salad sales saleswoman
  thoth
  dumbledore dumbbells trashcan ratatouille
  faggioli bafang
  bhalukhola bhaluwang
  knobbly doorknob
  fannypack
  ballroom footballs
  prickly
`

const phrases = `
  moby dick, dick van dyke, dick clark, dick tracy, dick cheney, dick turpin, philip k dick,
  dick grayson, dick whittington, dick smith, spotted dick, uncle dick, dick wolf, van dyke,
  cock and bull, cock a doodle, cock crow, weather cock, cock robin, cock of the walk, cock fight,
  rooster or cock, half cock, pussy cat, pussy cats, pussy willow, pussy riot, octo pussy,
  blue tit, blue tits, great tit, great tits, coal tit, tit for tat, bearded tit, marsh tit,
  magna cum laude, summa cum laude, cum laude, maine coon, maine coons, maine coon cat,
  garden hoe, a hoe, rake and hoe, hoe and rake, hoe the, hoes and rakes, hoe cake,
  chink in the armor, chink in the armour, chink of light, chinks in the,
  spic and span, spick and span, homo sapiens, homo erectus, home sweet home,
  offshore dyke, the dyke broke, dykes and canals, hadrians dyke, offas dyke, a dyke, dyke road,
  fag end, faggots and peas, bundle of faggots, gay pride, ass and the ox, ox and ass,
  wild ass, balaams ass, an ass and, pain in the ass, bad ass, kick ass, kicked ass, kicks ass,
  half assed, work my ass off, laughing my ass off, laugh my ass off, cute ass, ass kicking,
  bull and bitch, bitch and her puppies, bitch had puppies, bastard sword, jon snow is a bastard,
  bastard of winterfell, the bastard executioner, slag heap, blast furnace slag, steel slag,
  door knob, door knobs, turn the knob, volume knob, volume knobs, knob on, knobs on, the knob,
  the knobs, knob of butter, this knob, that knob, knobs and,
  tennis balls, golf balls, meat balls, cricket balls, of balls, the balls, two balls,
  three balls,
  bowling balls, crystal balls, dragon balls, six balls, no balls, wide balls, more balls,
  fanny pack, aunt fanny, fanny mendelssohn, fanny price, fannie mae, fanny brice,
  prick up, pricks up, pin prick, prick of the needle, prick your finger, prick test,
  puss in boots, sour puss, wild boar, pen is, pen island, penis envy,
  the rapist was, rape alarm, rape crisis, rape survivors, rape survivor, rape culture, rape seed,
  oilseed rape, rape oil, rape field, anal fin, anal glands, canal street, niger delta,
  niger river,
  rio negro, anus of, penis museum, rubber duck, naked mole, sex education, sex ratio, same sex,
  trash can, trash talk, trash bin, the trash, take out the trash, garbage collection,
  garbage truck,
  garbage collector, garbage day, white trash compactor, guinea pig, guinea pigs, lab rat,
  lab rats,
  rat race, snake plant, clown fish, clown school, class clown, brain freeze, creep in,
  feature creep,
  scope creep, control freak, sex pistols, dumb bell, dumb phone, stupid question,
  freak out, freaked out, freak accident, jerk chicken, spastic diplegia, spastic paralysis,
  knee jerk, jerk seasoning,
  kill you in the game, retard the growth, retard the spread, retards growth,
  retard the flame, retard the timing, bloody mary, bloody sunday, go to hell and back,
  hells kitchen, what the hell,
  abo blood, abo system, abo blood group, tranny fluid, transmission tranny, manual tranny,
  die cast, mad max, dead pool, ta da, sala thai, salsa lado, lado a lado, del lado, este lado,
  otro lado, al lado, un lado, ese lado, bhalu dance, white bear bhalu, bhalu ra, bhalu dekhe,
  bhalu ko, himali bhalu, kalo bhalu, भालु देखे, भालु ले, हिमाली भालु, कालो भालु, भालु नाच,
  भालु र,
  dhoti lagaera, dhoti kurta, seto dhoti, dhoti lagaune, dhoti ra, धोती लगाएर, धोती कुर्ता,
  धोती र,
  सेतो धोती, geda gudi, gedagudi, randi zuckerberg,
  james randi, mar na ali, sari dhoti
`

const split = (list: string, by: RegExp): string[] =>
  list
    .split(by)
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .filter((part) => part !== '')

export const falseFriendWords = new Set(split(words, /\s+/))
export const falseFriendPhrases = split(phrases, /,/).map((phrase) => phrase.split(' '))
