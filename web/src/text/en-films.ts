/** What is said about films of streams, in English. */
export const enFilms = {
  films: {
    title: 'Films',
    text: 'Picture and sound of your streams as a file. A film is yours alone until you make it public.',
    noEgress: 'Nothing is filmed: this server has no egress service. Whoever runs it can add one.',
    outOfReach:
      'This server does not find the files, so films cannot be played or removed here. Whoever ' +
      'runs it can set FILMS_DIR.',
    keptDays_one:
      'Films are kept for {{count, number}} day after their stream. Save what you want to keep.',
    keptDays_other:
      'Films are kept for {{count, number}} days after their stream. Save what you want to keep.',
    partsOf_one: 'After {{count, number}} hour a film goes on in another part.',
    partsOf_other: 'After {{count, number}} hours a film goes on in another part.',
    keptForGood: 'Films are kept until you remove them.',
    keptUntil: 'kept until {{day}}',
    none: 'No film yet',
    noneText: 'Go live with a picture: the film is here some moments after the end.',
    noneAsked:
      'Streams are filmed only when they ask for it. Whoever runs this server can film all of them.',
    goLive: 'Go live',
    filming: 'Being filmed since {{time}}.',
    making: 'The film is being made ready.',
    state: {
      starting: 'The camera is being set up.',
      waiting: 'Filming broke off and is tried again.',
      failed: 'Filming failed.',
    },
    refused: {
      output_minutes_spent: 'What may be filmed in a day is used up. It goes on at {{time}}.',
      films_full: 'Your channel keeps as many films as it may. Remove one, and filming begins.',
      no_room: 'As much is filmed here as can be at once. It begins as soon as there is room.',
    },
    part: 'Part {{number, number}}',
    parts: 'Parts of the film',
    of: 'Film of {{title}}',
    watch: 'Watch {{title}}',
    public: 'Public',
    isPublic: 'Everybody who may see the stream can watch it.',
    isPrivate: 'Only you can watch it.',
    publish: 'Make the film public',
    unpublish: 'Make the film private',
    save: 'Save the film',
    saveOf: 'Save the film of {{title}}',
    remove: 'Remove the film',
    removeOf: 'Remove the film of {{title}}',
    removed: 'The film of “{{title}}” is removed.',
    undo: 'Undo',
    left: '{{seconds, number}} s',
    badge: 'Film',
    coming: 'The film is loading.',
    playFailed:
      'The film does not play. Check your connection and try again; another browser may help, too.',
    afterwards: 'What the stream came to',
    yours: 'Your films',
  },
}
