import type { Language } from '../notices/notice.ts'

interface Message {
  readonly title: string
  readonly text: string
}

/** A question with one button. */
interface Question extends Message {
  readonly button: string
}

/** What the pages behind the links of e-mails say. What people vote on is never among it. */
export interface PlainWords {
  readonly signIn: string
  readonly start: string
  readonly stale: Message
  readonly tooMany: Message
  readonly noVote: Message
  readonly verify: Question
  readonly verified: Message
  readonly reset: Question & { readonly field: string }
  readonly wasReset: Message
  readonly forgot: Question & { readonly field: string }
  readonly letterSent: Message
  readonly unsubscribe: Question
  readonly digest: string
  readonly unsubscribed: Message
  /** Said above a ballot to whoever reads another language; empty in the language it is in. */
  readonly ballotStays: string
}

const english: PlainWords = {
  signIn: 'Sign in',
  start: 'Start page',
  stale: {
    title: 'This link no longer works',
    text: 'It has been used, was replaced or is too old. Sign in and ask for a new one; if you forgot your password, the sign-in page helps.',
  },
  tooMany: {
    title: 'Too many tries',
    text: 'Wait a quarter of an hour and try again, or sign in.',
  },
  noVote: {
    title: 'This link does not open a vote',
    text: 'It may have been replaced by a newer one, revoked, or the vote has closed. Use the newest e-mail about this vote, or sign in: your votes are on your page.',
  },
  verify: {
    title: 'Confirm your e-mail address',
    text: 'Press the button and the registry knows that this address is yours. Councils then see that somebody is behind it, and you get what concerns you by e-mail.',
    button: 'Yes, this address is mine',
  },
  verified: {
    title: 'Your address is confirmed',
    text: 'You can close this page or sign in.',
  },
  reset: {
    title: 'Choose a new password',
    field: 'New password',
    text: 'At least 12 characters; a short sentence is good. Every device is signed out.',
    button: 'Save the password',
  },
  wasReset: {
    title: 'Your new password is saved',
    text: 'Every device was signed out. Sign in with the new password.',
  },
  forgot: {
    title: 'Forgot your password?',
    field: 'E-mail address',
    text: 'Give the e-mail address of your account. If there is one, a letter with a link is on its way.',
    button: 'Send the letter',
  },
  letterSent: {
    title: 'Look into your mail',
    text: 'If there is an account with this address, a letter with a link is on its way. The link works for one hour.',
  },
  unsubscribe: {
    title: 'No more e-mail of this kind?',
    text: 'You will still find these notices in the registry, and can change your mind there.',
    button: 'No more e-mail of this kind',
  },
  digest: 'The letter of the day',
  unsubscribed: {
    title: 'Done',
    text: 'No more e-mail of this kind comes to you. What you need, such as a new password, still does.',
  },
  ballotStays: '',
}

const german: PlainWords = {
  signIn: 'Anmelden',
  start: 'Startseite',
  stale: {
    title: 'Dieser Link gilt nicht mehr',
    text: 'Er wurde schon benutzt, ersetzt oder ist zu alt. Melden Sie sich an und lassen Sie sich einen neuen schicken. Haben Sie Ihr Passwort vergessen, hilft die Seite zum Anmelden.',
  },
  tooMany: {
    title: 'Zu viele Versuche',
    text: 'Warten Sie eine Viertelstunde und versuchen Sie es noch einmal, oder melden Sie sich an.',
  },
  noVote: {
    title: 'Dieser Link öffnet keine Abstimmung',
    text: 'Vielleicht wurde er durch einen neueren ersetzt oder widerrufen, oder die Abstimmung ist beendet. Nehmen Sie die neueste E-Mail zu dieser Abstimmung, oder melden Sie sich an: Ihre Abstimmungen stehen auf Ihrer Seite.',
  },
  verify: {
    title: 'Bestätigen Sie Ihre E-Mail-Adresse',
    text: 'Drücken Sie den Knopf, dann weiß das Register, dass diese Adresse Ihnen gehört. Räte sehen dann, dass jemand dahintersteht, und Sie bekommen per E-Mail, was Sie betrifft.',
    button: 'Ja, diese Adresse gehört mir',
  },
  verified: {
    title: 'Ihre Adresse ist bestätigt',
    text: 'Sie können diese Seite schließen oder sich anmelden.',
  },
  reset: {
    title: 'Wählen Sie ein neues Passwort',
    field: 'Neues Passwort',
    text: 'Mindestens 12 Zeichen; ein kurzer Satz ist gut. Alle Geräte werden abgemeldet.',
    button: 'Das Passwort speichern',
  },
  wasReset: {
    title: 'Ihr neues Passwort ist gespeichert',
    text: 'Alle Geräte wurden abgemeldet. Melden Sie sich mit dem neuen Passwort an.',
  },
  forgot: {
    title: 'Passwort vergessen?',
    field: 'E-Mail-Adresse',
    text: 'Geben Sie die E-Mail-Adresse Ihres Kontos an. Gibt es eines, ist ein Brief mit einem Link unterwegs.',
    button: 'Den Brief schicken',
  },
  letterSent: {
    title: 'Sehen Sie in Ihre Post',
    text: 'Gibt es ein Konto mit dieser Adresse, ist ein Brief mit einem Link unterwegs. Der Link gilt eine Stunde lang.',
  },
  unsubscribe: {
    title: 'Keine E-Mail dieser Art mehr?',
    text: 'Im Register finden Sie diese Mitteilungen weiterhin und können es sich dort anders überlegen.',
    button: 'Keine E-Mail dieser Art mehr',
  },
  digest: 'Der Brief des Tages',
  unsubscribed: {
    title: 'Erledigt',
    text: 'Sie bekommen keine E-Mail dieser Art mehr. Was Sie brauchen, etwa ein neues Passwort, kommt weiterhin.',
  },
  ballotStays:
    'Worüber abgestimmt wird, steht hier auf Englisch: Nur diese Fassung ist geprüft, und nur sie gilt.',
}

const ALL: Readonly<Record<Language, PlainWords>> = { en: english, de: german }

export const plainWords = (language: Language): PlainWords => ALL[language]
