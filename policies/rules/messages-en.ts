import type { Messages } from './messages.ts'

const joined = (last: string) => (items: readonly string[]) => {
  const head = items.slice(0, -1)
  const tail = items.at(-1) ?? ''
  return head.length === 0 ? tail : `${head.join(', ')} ${last} ${tail}`
}

/** Plain English: short words, one idea a sentence. */
export const english: Messages = {
  lang: 'en',
  draft: false,
  actions: {
    discover: 'see that it is here',
    preview: 'look at a sample',
    useInPlace: 'work with it here, without a copy',
    download: 'download it',
    derive: 'make new things from it',
    train: 'train a computer model with it',
    redistribute: 'pass it on',
  },
  everyUse: 'use it',
  purposes: {
    communityUse: 'use in the community',
    learning: 'learning and teaching',
    revitalisation: 'bringing the language back into daily life',
    publicService: 'a public service',
    preservation: 'keeping it safe for later',
    linguisticResearch: 'research on language',
    languageTechnologyResearch: 'research on language tools',
    evaluation: 'testing how well tools work',
    journalism: 'news reporting',
    communityProduct: 'a product of the community',
    commercialProduct: 'a product to be sold',
    advertising: 'advertising',
    voiceImitation: 'copying a voice',
    surveillance: 'watching people',
    profiling: 'keeping files on people',
    corpusBuilding: 'building another collection',
    unlisted: 'something that is not on the list',
  },
  actorKinds: {
    individual: 'a person on your own',
    communityBody: 'a body of the community',
    academic: 'a school or university',
    publicBody: 'a public office',
    nonprofit: 'a non-profit group',
    commercial: 'a company',
  },
  territories: {
    home: 'the home area',
    region: 'the region',
    nonHighIncome: 'a country that is not rich',
    other: 'any other country',
  },
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  duties: {
    attribute: 'name the people it comes from',
    noticeLabels: 'keep its labels with it',
    reportBack: 'tell the community what you did with it',
    shareBack: 'give the community what you make from it',
    shareAlike: 'share what you make under the same rules',
    informCouncil: 'tell the council before you publish',
    benefitShare: 'share what you gain with the community',
    deleteOnEnd: 'delete your copies when your time is up',
    reaccept: 'agree again when the rules change',
    secureStorage: 'keep it locked away safely',
  },
  anyOf: joined('or'),
  allOf: joined('and'),
  eitherOf: (clauses) => clauses.join(', or if '),
  bothOf: (clauses) => clauses.join(', and if '),
  within: (days) => `within ${days} ${days === 1 ? 'day' : 'days'}`,
  day: (day, month, year, time) =>
    `${day} ${month} ${year}${time === undefined ? '' : ` at ${time} UTC`}`,
  conditions: {
    purpose: { is: (list) => `it is for ${list}`, isNot: (list) => `it is not for ${list}` },
    actorKind: { is: (list) => `you are ${list}`, isNot: (list) => `you are not ${list}` },
    territory: { is: (list) => `you are in ${list}`, isNot: (list) => `you are not in ${list}` },
    commercialTie: {
      yes: 'you are paid by a company or act for one',
      no: 'no company pays you or stands behind you',
    },
    control: {
      region: 'your head office is in the region',
      elsewhere: 'your head office is outside the region',
    },
    ethicsApproval: {
      yes: 'an ethics board has said yes',
      no: 'no ethics board has said yes',
    },
    councilApproval: {
      approved: 'the council has said yes',
      rejected: 'the council has said no',
      lapsed: 'the time for the council to answer has run out',
    },
    notApproved: 'the council has not said yes',
    councilRefused: {
      yes: 'the council has turned you down',
      no: 'the council has not turned you down',
    },
    membership: {
      member: 'you are a member of the community',
      none: 'you are not a member of the community',
    },
    benefitAgreement: {
      signed: 'you have signed how you share what you gain',
      none: 'you have not signed how you share what you gain',
    },
    identityAtLeast: [
      'you are anybody',
      'you have shown that your e-mail is yours',
      'your school or workplace has been checked',
      'the council knows who you are',
    ],
    identityLevel: (comparison) => `the level of the check on who you are is ${comparison}`,
    noneOverdue: 'you have kept all your promises so far',
    overdue: (comparison) => `the number of promises you are late with is ${comparison}`,
    month: { is: (list) => `it is ${list}`, isNot: (list) => `it is not ${list}` },
    since: (day) => `it is ${day} or later`,
    before: (day) => `it is before ${day}`,
    after: (day) => `it is after ${day}`,
    upTo: (day) => `it is ${day} or earlier`,
    on: (day) => `it is ${day}`,
    accepted: (duty) => `you promise to ${duty}`,
    notAccepted: (duty) => `you do not promise to ${duty}`,
    people: 'the council itself settles by a vote what is left to people',
    notSettled: 'the council has not settled by a vote what is left to people',
    settled: (clauses) => `the council settles by a vote: ${clauses}`,
    action: { is: (list) => `you only ${list}`, isNot: (list) => `you do not ${list}` },
  },
  comparisons: {
    eq: (number) => number,
    neq: (number) => `not ${number}`,
    lt: (number) => `less than ${number}`,
    lteq: (number) => `at most ${number}`,
    gt: (number) => `more than ${number}`,
    gteq: (number) => `at least ${number}`,
  },
  may: (actions) => `You may ${actions}.`,
  onlyIf: (condition) => `Only if ${condition}.`,
  councilOnlyIf: (condition) => `Only if ${condition}. The council votes on each request.`,
  mayNot: (actions) => `You may not ${actions}.`,
  mayNotIf: (actions, condition) => `You may not ${actions} if ${condition}.`,
  must: (duty) => `You must ${duty}.`,
  peopleDecide: (statement) =>
    `Only people can judge this, so the council votes on each request: ${statement}`,
  countries: (territory, codes) => `Here, ${territory} means: ${codes}.`,
  economies: (source, from) =>
    `Which countries are rich is read from this list: ${source}, in force from ${from}.`,
  answers: {
    permit: 'Yes. You may do this.',
    deny: 'No. You may not do this.',
    denyForNow: 'No, not as things stand.',
    refer: 'Not yet. Something is still open.',
    changesAt: (day) => `This answer can change on ${day}.`,
    barred: (rule) => `This rule says no: ${rule}`,
    mightBeBarred: (rule) => `This rule may say no, we do not know yet: ${rule}`,
    missing: (condition) => `This is missing: ${condition}.`,
    way: (steps) => `What would lead to a yes: ${steps}.`,
    otherWay: (steps) => `Another way to a yes: ${steps}.`,
    noWay: 'Nothing you can do or wait for would change this answer.',
    councilAgain:
      'Only the council can change this: on an appeal, or when it is asked again after the time its charter sets.',
  },
  claims: {
    never: (actions, condition) =>
      condition === undefined
        ? `Nobody may ever ${actions}.`
        : `You may never ${actions} if ${condition}.`,
    onlyIf: (actions, condition, needed) =>
      condition === undefined
        ? `You may ${actions} only if ${needed}.`
        : `If ${condition}, you may ${actions} only if ${needed}.`,
    always: (actions, condition) =>
      condition === undefined
        ? `You may always ${actions}.`
        : `You may always ${actions} if ${condition}.`,
    may: (actions, condition) =>
      condition === undefined ? `You may ${actions}.` : `You may ${actions} if ${condition}.`,
    mayNot: (actions, condition) =>
      condition === undefined
        ? `You may not ${actions}.`
        : `You may not ${actions} if ${condition}.`,
  },
  changes: {
    wider: (actions, condition) =>
      condition === undefined
        ? `There are new cases in which you may ${actions}.`
        : `There are new cases in which you may ${actions}: if ${condition}.`,
    narrower: (actions, condition) =>
      condition === undefined
        ? `There are cases in which you may no longer ${actions}.`
        : `There are cases in which you may no longer ${actions}: if ${condition}.`,
    example: (sentence) => `For example: ${sentence}`,
  },
  steps: {
    tell: {
      purposes: 'tell us what it is for',
      actorKind: 'tell us who you work for',
      commercialTie: 'tell us if a company is behind you',
      country: 'tell us which country you are in',
      control: 'tell us where your head office is',
      ethicsApproval: 'tell us if an ethics board has said yes',
    },
    makeSure: (condition) => `make sure that ${condition}`,
    promise: (duty) => `promise to ${duty}`,
    sign: 'sign how you share what you gain',
    vote: 'the council votes yes',
    settle: 'the council decides this itself, by a vote on this very request',
    people: 'the community says in its licence whether this may be, as no vote on one request can',
    wait: (condition) => `wait until ${condition}`,
    cannot: (condition) => `this would need that ${condition}`,
  },
}
