import type { Words } from './words.ts'

export const english: Words = {
  kinds: {
    'vote-opened': {
      name: 'A vote opens that you may vote in',
      title: 'Please vote: {title}',
      text: 'A vote has opened and you are on its roll. It closes on {day}. Silence is never counted as a yes.',
      action: 'Read the question after signing in',
    },
    'vote-closing': {
      name: 'A vote closes soon and you have not voted',
      title: 'Closes soon: {title}',
      text: 'You have not voted yet. The vote closes on {day}. Silence is never counted as a yes.',
      action: 'Read the question after signing in',
    },
    'vote-result': {
      name: 'The result of a vote',
      title: 'Result: {title}',
      text: 'The vote has closed and has been counted. The page shows the result and how to check it.',
      action: 'See the result',
    },
    'veto-window': {
      name: 'A decision you may veto',
      title: 'You may veto: {title}',
      text: 'The vote was won. Until {day} you can stop it with a reason.',
      action: 'Read the decision',
    },
    'request-returned': {
      name: 'What you asked for or proposed came back',
      title: 'Please revise: {title}',
      text: 'Those who decide have sent it back with words. Its vote opens once you have handed it in again.',
      action: 'Read what they say',
    },
    'request-answered': {
      name: 'An answer to your request',
      title: 'Your request was answered: {dataset}',
      text: 'The council has not granted your request. The page says what was decided.',
      action: 'Read the answer',
    },
    'grant-issued': {
      name: 'A grant for you',
      title: 'You may use: {dataset}',
      text: 'A grant has been issued to you. It says what you may do, for how long, and what you promised.',
      action: 'See your grant',
    },
    'grant-expiring': {
      name: 'One of your grants ends soon',
      title: 'Your grant ends soon: {dataset}',
      text: 'It ends on {day}. If you need more time, ask again before then.',
      action: 'See your grant',
    },
    'grant-revoked': {
      name: 'One of your grants was revoked',
      title: 'Your grant was revoked: {dataset}',
      text: 'The council has ended this grant. From now on nothing can be downloaded under it.',
      action: 'See your grant',
    },
    'duty-due': {
      name: 'A promise of yours falls due',
      title: 'A promise falls due: {dataset}',
      text: 'What you promised with your grant ({duty}) falls due on {day}.',
      action: 'Report what you did',
    },
    'duty-overdue': {
      name: 'A promise of yours is overdue',
      title: 'A promise is overdue: {dataset}',
      text: 'What you promised with your grant ({duty}) was due on {day}. Downloads stay closed until it is made good.',
      action: 'Make it good',
    },
    'contribution-used': {
      name: 'What you contributed was published',
      title: 'Published with your contribution: {dataset}',
      text: 'Version {version} contains what you contributed. You can take it back at any time.',
      action: 'See the dataset',
    },
    'contribution-withdrawn': {
      name: 'A contribution was taken back',
      title: 'A contribution was taken back: {dataset}',
      text: 'Its files no longer leave the registry. As a steward you may want to publish a version without them.',
      action: 'See the dataset',
    },
  },
  verify: {
    subject: 'Is this your e-mail address?',
    text: 'Somebody opened an account at {registry} with this address. If it was you, confirm it.',
    action: 'Confirm this address',
    after: 'If it was not you, do nothing: the address then counts for nothing.',
  },
  reset: {
    subject: 'A new password',
    text: 'Somebody asked for a new password for the account with this address at {registry}.',
    action: 'Choose a new password',
    after: 'The link works once, for one hour. If it was not you, do nothing: nothing has changed.',
  },
  invitation: {
    subject: 'Your seat in {community}',
    text: 'A seat has been kept for you in {community} at {registry}.',
    action: 'Take your seat',
    after: 'The link works until {day}. If you do not know the community, do nothing.',
  },
  digest: {
    subject: 'What happened today ({count})',
    text: 'This is what there was to tell you since yesterday.',
    action: 'See all notices',
    after: '',
  },
  greeting: 'Hello {name},',
  ballotLink: 'Vote now, without signing in',
  ballotLinkAfter:
    'This link is yours alone: whoever has it can vote as you until the vote closes. Do not pass it on. A newer link replaces it, and you can revoke it on your account page.',
  why: 'You get this because you have an account at {registry}.',
  unsubscribe: 'No more e-mail of this kind',
  settings: 'Choose what you get',
  unchecked: '',
  aDataset: 'a dataset',
  aProposal: 'a proposal',
}
