/** Every word the app says, in English. Other languages follow this shape. */
import { enAdmin } from './en-admin.ts'
import { enBroadcast } from './en-broadcast.ts'
import { enChannel } from './en-channel.ts'
import { enChat } from './en-chat.ts'
import { enCrew } from './en-crew.ts'
import { enHouse } from './en-house.ts'
import { enOwner } from './en-owner.ts'
import { enPlayer } from './en-player.ts'
import { enRefusals } from './en-refusals.ts'
import { enReplay } from './en-replay.ts'
import { enRoom } from './en-room.ts'
import { enStudio } from './en-studio.ts'

export const en = {
  ...enHouse,
  ...enChannel,
  ...enBroadcast,
  ...enOwner,
  auth: {
    signInTitle: 'Sign in',
    registerTitle: 'Create your account',
    guestTitle: 'Come in as a guest',
    guestText: 'Watch and chat with a name of your choice. Nothing to remember.',
    email: 'Email',
    password: 'Password',
    username: 'Username',
    usernameHint: 'Letters, digits and _. Others see it in chat.',
    passwordHint: 'At least {{count}} characters.',
    guestName: 'Your name in chat',
    guestNameHint: 'Leave it empty and we pick one.',
    show: 'Show password',
    hide: 'Hide password',
    capsLock: 'Caps Lock is on.',
    signIn: 'Sign in',
    register: 'Create account',
    guest: 'Continue as guest',
    working: 'One moment',
    toRegister: 'New here?',
    toSignIn: 'Have an account?',
    or: 'or',
    welcomeTitle: 'You are signed in',
    welcomeText: 'You are here as {{name}}.',
    wrong: {
      email: 'That is not an email address.',
      emailEmpty: 'Enter your email address.',
      password: 'A password has at least {{count}} characters.',
      passwordEmpty: 'Enter your password.',
      username: 'A username has {{from}} to {{to}} letters, digits or _.',
      name: 'A name has {{from}} to {{to}} characters.',
    },
  },
  goLive: {
    noCategory: 'None',
    heading: 'Open a room',
    text: 'Give it a title. You enter as the host, and the stream starts when you say so.',
    field: 'Title',
    placeholder: 'What are you doing tonight?',
    category: 'Category',
    open: 'Open the room',
    empty: 'A room needs a title.',
    tooLong: 'A title has at most {{count}} characters.',
    accountTitle: 'Going live needs an account',
    accountText: 'It takes a name, an email address and a password.',
  },
  log: {
    title: 'Chat of {{title}}',
    back: 'Back to the room',
    older: 'Older lines',
    begin: 'This is where it begins.',
    empty: 'Nothing was said in this stream.',
  },
  settings: {
    title: 'Settings',
    profile: 'Profile',
    name: 'Name',
    nameHint: 'As others see you.',
    about: 'About',
    aboutHint: 'A sentence or two, shown on your channel.',
    save: 'Save',
    saved: 'Saved.',
    appearance: 'Appearance',
    letterKeys: 'Keys of one letter',
    letterKeysText:
      'M mutes, C leads to the chat, / to the search. Turn them off if you dictate, or press them by mistake.',
    blocked: 'Blocked people',
    blockedNone: 'You have not blocked anybody.',
    unblock: 'Unblock {{name}}',
    sessions: 'Where you are signed in',
    everywhere: 'Log out everywhere',
    everywhereText: 'Ends every session on every device, this one too.',
    everywhereAsk: 'Log out everywhere?',
    signInFirst: 'Sign in to see your settings.',
  },
  verifyEmail: {
    title: 'Confirm your address',
    text: 'One click, and this address is yours here.',
    confirm: 'Confirm my address',
    unconfirmed: '{{email}} is not confirmed yet.',
    done: '{{email}} is confirmed.',
    ask: 'We send a link to {{email}}. It works for a day.',
    send: 'Send the letter',
    sent: 'A letter is on its way to {{email}}. Look into spam, too.',
    signIn: 'Sign in, and we send you a letter.',
  },
  admin: {
    title: 'Claim this server',
    text: 'Makes your account the administrator of this server. The link works once.',
    claim: 'Make {{name}} administrator',
    done: '{{name}} is administrator now.',
    needAccount: 'Sign in or create an account first; this page waits for you.',
    noToken: 'The link is incomplete. Copy the whole line that the server printed.',
  },
  ...enRefusals,
  ...enRoom,
  ...enReplay,
  ...enPlayer,
  ...enChat,
  ...enCrew,
  ...enStudio,
  ...enAdmin,
}

export type Text = typeof en
