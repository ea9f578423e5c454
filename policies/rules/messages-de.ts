import type { ClaimMessages } from './messages.ts'

const joined = (last: string) => (items: readonly string[]) => {
  const head = items.slice(0, -1)
  const tail = items.at(-1) ?? ''
  return head.length === 0 ? tail : `${head.join(', ')} ${last} ${tail}`
}

/**
 * German for claims and changes; a draft that no speaker of a community has checked. Conditions are
 * clauses that fit behind "wenn", with the verb last; duties are infinitives with "zu".
 */
export const german: ClaimMessages = {
  lang: 'de',
  draft: true,
  actions: {
    discover: 'sehen, dass es die Daten gibt',
    preview: 'eine Probe ansehen',
    useInPlace: 'hier mit den Daten arbeiten, ohne Kopie',
    download: 'die Daten herunterladen',
    derive: 'Neues daraus machen',
    train: 'ein Computermodell damit trainieren',
    redistribute: 'die Daten weitergeben',
  },
  everyUse: 'die Daten nutzen',
  purposes: {
    communityUse: 'den Gebrauch in der Gemeinschaft',
    learning: 'Lernen und Lehren',
    revitalisation: 'die Rückkehr der Sprache in den Alltag',
    publicService: 'einen öffentlichen Dienst',
    preservation: 'die Bewahrung für später',
    linguisticResearch: 'Sprachforschung',
    languageTechnologyResearch: 'die Erforschung von Sprachwerkzeugen',
    evaluation: 'die Prüfung, wie gut Werkzeuge arbeiten',
    journalism: 'die Berichterstattung',
    communityProduct: 'ein Produkt der Gemeinschaft',
    commercialProduct: 'ein Produkt zum Verkauf',
    advertising: 'Werbung',
    voiceImitation: 'die Nachahmung einer Stimme',
    surveillance: 'die Überwachung von Menschen',
    profiling: 'das Anlegen von Akten über Menschen',
    corpusBuilding: 'den Aufbau einer anderen Sammlung',
    unlisted: 'etwas, das nicht auf der Liste steht',
  },
  actorKinds: {
    individual: 'eine einzelne Person',
    communityBody: 'ein Gremium der Gemeinschaft',
    academic: 'eine Schule oder Hochschule',
    publicBody: 'eine Behörde',
    nonprofit: 'eine gemeinnützige Gruppe',
    commercial: 'ein Unternehmen',
  },
  territories: {
    home: 'der Heimat',
    region: 'der Region',
    nonHighIncome: 'einem Land, das nicht reich ist',
    other: 'irgendeinem anderen Land',
  },
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  duties: {
    attribute: 'die Menschen zu nennen, von denen es kommt',
    noticeLabels: 'die Kennzeichen dabei zu lassen',
    reportBack: 'der Gemeinschaft zu berichten, was Sie damit getan haben',
    shareBack: 'der Gemeinschaft zu geben, was Sie daraus machen',
    shareAlike: 'unter denselben Regeln zu teilen, was Sie daraus machen',
    informCouncil: 'den Rat zu unterrichten, bevor Sie etwas veröffentlichen',
    benefitShare: 'mit der Gemeinschaft zu teilen, was Sie gewinnen',
    deleteOnEnd: 'Ihre Kopien zu löschen, wenn Ihre Zeit um ist',
    reaccept: 'neu zuzustimmen, wenn sich die Regeln ändern',
    secureStorage: 'alles sicher verschlossen zu verwahren',
  },
  anyOf: joined('oder'),
  allOf: joined('und'),
  bothOf: (clauses) => clauses.join(', und wenn '),
  within: (days) => (days === 1 ? '(binnen eines Tages)' : `(binnen ${days} Tagen)`),
  day: (day, month, year, time) =>
    `${day}. ${month} ${year}${time === undefined ? '' : `, ${time} Uhr UTC`}`,
  conditions: {
    purpose: {
      is: (list) => `es für ${list} gedacht ist`,
      isNot: (list) => `es nicht für ${list} gedacht ist`,
    },
    actorKind: { is: (list) => `Sie ${list} sind`, isNot: (list) => `Sie nicht ${list} sind` },
    territory: {
      is: (list) => `Sie in ${list} sind`,
      isNot: (list) => `Sie nicht in ${list} sind`,
    },
    commercialTie: {
      yes: 'ein Unternehmen Sie bezahlt oder Sie für eines handeln',
      no: 'kein Unternehmen Sie bezahlt oder hinter Ihnen steht',
    },
    control: {
      region: 'Ihr Hauptsitz in der Region liegt',
      elsewhere: 'Ihr Hauptsitz außerhalb der Region liegt',
    },
    ethicsApproval: {
      yes: 'eine Ethikkommission zugestimmt hat',
      no: 'keine Ethikkommission zugestimmt hat',
    },
    councilApproval: {
      approved: 'der Rat Ja gesagt hat',
      rejected: 'der Rat Nein gesagt hat',
      lapsed: 'die Zeit abgelaufen ist, in der der Rat antworten konnte',
    },
    notApproved: 'der Rat nicht Ja gesagt hat',
    councilRefused: {
      yes: 'der Rat Sie abgewiesen hat',
      no: 'der Rat Sie nicht abgewiesen hat',
    },
    membership: {
      member: 'Sie Mitglied der Gemeinschaft sind',
      none: 'Sie nicht Mitglied der Gemeinschaft sind',
    },
    benefitAgreement: {
      signed: 'Sie unterschrieben haben, wie Sie Ihren Gewinn teilen',
      none: 'Sie nicht unterschrieben haben, wie Sie Ihren Gewinn teilen',
    },
    identityAtLeast: [
      'Sie irgendwer sind',
      'Sie gezeigt haben, dass Ihre E-Mail-Adresse Ihnen gehört',
      'Ihre Schule oder Arbeitsstelle geprüft ist',
      'der Rat weiß, wer Sie sind',
    ],
    identityLevel: (comparison) => `die Stufe der Prüfung Ihrer Person ${comparison} ist`,
    noneOverdue: 'Sie bisher alle Zusagen gehalten haben',
    overdue: (comparison) => `die Zahl Ihrer überfälligen Zusagen ${comparison} ist`,
    month: { is: (list) => `es ${list} ist`, isNot: (list) => `es nicht ${list} ist` },
    since: (day) => `es der ${day} oder später ist`,
    before: (day) => `es vor dem ${day} ist`,
    after: (day) => `es nach dem ${day} ist`,
    upTo: (day) => `es der ${day} oder früher ist`,
    on: (day) => `es der ${day} ist`,
    accepted: (duty) => `Sie versprechen, ${duty}`,
    notAccepted: (duty) => `Sie nicht versprechen, ${duty}`,
    people: 'der Rat selbst durch Abstimmung klärt, was Menschen überlassen ist',
    notSettled: 'der Rat nicht durch Abstimmung geklärt hat, was Menschen überlassen ist',
    settled: (clauses) => `der Rat durch Abstimmung klärt: ${clauses}`,
    action: {
      is: (list) => `Sie nur ${list} wollen`,
      isNot: (list) => `Sie nicht ${list} wollen`,
    },
  },
  comparisons: {
    eq: (number) => number,
    neq: (number) => `nicht ${number}`,
    lt: (number) => `weniger als ${number}`,
    lteq: (number) => `höchstens ${number}`,
    gt: (number) => `mehr als ${number}`,
    gteq: (number) => `mindestens ${number}`,
  },
  must: (duty) => `Sie verpflichten sich, ${duty}.`,
  claims: {
    never: (actions, condition) =>
      condition === undefined
        ? `Niemand darf jemals ${actions}.`
        : `Sie dürfen niemals ${actions}, wenn ${condition}.`,
    onlyIf: (actions, condition, needed) =>
      condition === undefined
        ? `Sie dürfen nur dann ${actions}, wenn ${needed}.`
        : `Wenn ${condition}, dürfen Sie nur dann ${actions}, wenn ${needed}.`,
    always: (actions, condition) =>
      condition === undefined
        ? `Sie dürfen immer ${actions}.`
        : `Sie dürfen immer ${actions}, wenn ${condition}.`,
    may: (actions, condition) =>
      condition === undefined
        ? `Sie dürfen ${actions}.`
        : `Sie dürfen ${actions}, wenn ${condition}.`,
    mayNot: (actions, condition) =>
      condition === undefined
        ? `Sie dürfen nicht ${actions}.`
        : `Sie dürfen nicht ${actions}, wenn ${condition}.`,
  },
  changes: {
    wider: (actions, condition) =>
      condition === undefined
        ? `Es gibt neue Fälle, in denen erlaubt ist: ${actions}.`
        : `Es gibt neue Fälle, in denen erlaubt ist: ${actions}, und zwar wenn ${condition}.`,
    narrower: (actions, condition) =>
      condition === undefined
        ? `Es gibt Fälle, in denen nicht mehr erlaubt ist: ${actions}.`
        : `Es gibt Fälle, in denen nicht mehr erlaubt ist: ${actions}, und zwar wenn ${condition}.`,
    example: (sentence) => `Zum Beispiel: ${sentence}`,
  },
}
