/** What is said of a viewer's way to the stage, in English. */
export const enGuest = {
  guest: {
    join: 'Join the stage',
    ask: 'Ask to join the stage',
    place: 'You are number {{count, number}}',
    lowerName: 'You are number {{count, number}}. Lower your hand',
    waiting: 'Your hand is up. You are number {{count, number}}.',
    guests: 'Guests',
    guestsWaiting_one: 'Guests, {{count, number}} asks to come up',
    guestsWaiting_other: 'Guests, {{count, number}} ask to come up',
    invited: 'You are invited on stage',
    invitedBy: '{{name}} asks you up. Everybody here will see and hear you.',
    look: 'Look at yourself first. Nobody sees or hears you before you join.',
    joining: 'Joining',
    joins: {
      camera: 'Join with camera',
      voice: 'Join with your voice',
      without: 'Join without both',
      unasked: 'Join with camera and microphone',
    },
    onStage: 'You are on stage',
    elsewhere: 'You are on stage in another window. A switch here sends from this one, too.',
    leave: 'Leave the stage',
    sanctioned: 'You were taken off the stage.',
    lapsed: 'The invitation is over. Raise your hand to be asked again.',
  },
}
