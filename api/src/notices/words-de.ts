import type { Words } from './words.ts'

export const german: Words = {
  kinds: {
    'vote-opened': {
      name: 'Eine Abstimmung beginnt, an der Sie teilnehmen dürfen',
      title: 'Bitte stimmen Sie ab: {title}',
      text: 'Eine Abstimmung hat begonnen, und Sie sind stimmberechtigt. Sie endet am {day}. Schweigen zählt nie als Ja.',
      action: 'Die Frage nach dem Anmelden lesen',
    },
    'vote-closing': {
      name: 'Eine Abstimmung endet bald, und Sie haben noch nicht abgestimmt',
      title: 'Endet bald: {title}',
      text: 'Sie haben noch nicht abgestimmt. Die Abstimmung endet am {day}. Schweigen zählt nie als Ja.',
      action: 'Die Frage nach dem Anmelden lesen',
    },
    'vote-result': {
      name: 'Das Ergebnis einer Abstimmung',
      title: 'Ergebnis: {title}',
      text: 'Die Abstimmung ist beendet und ausgezählt. Die Seite zeigt das Ergebnis und wie man es prüft.',
      action: 'Das Ergebnis ansehen',
    },
    'veto-window': {
      name: 'Eine Entscheidung, gegen die Sie ein Veto einlegen dürfen',
      title: 'Sie dürfen ein Veto einlegen: {title}',
      text: 'Der Vorschlag wurde angenommen. Bis {day} können Sie ihn mit einer Begründung aufhalten.',
      action: 'Die Entscheidung lesen',
    },
    'appeal-lodged': {
      name: 'Ein Einspruch gegen eine Entscheidung',
      title: 'Es wurde Einspruch eingelegt: {title}',
      text: 'Bis über den Einspruch entschieden ist, tritt nichts in Kraft. Wenn Sie zu denen gehören, die Einsprüche anhören, sagen Sie, was Sie davon halten.',
      action: 'Den Einspruch ansehen',
    },
    'vote-again': {
      name: 'Eine Abstimmung wird wiederholt, weil zu wenige entscheiden konnten',
      title: 'Noch einmal zur Abstimmung: {title}',
      text: 'Beim ersten Mal konnten zu wenige entscheiden. Die neue Abstimmung endet am {day}. Sie hören davon, weil alle in der Gemeinschaft es erfahren sollen.',
      action: 'Lesen, worüber entschieden wird',
    },
    'minute-waiting': {
      name: 'Stimmen einer Versammlung warten auf eine zweite Bestätigung',
      title: 'Bitte bestätigen oder stehen lassen: {title}',
      text: 'Stimmen aus der Niederschrift einer Versammlung wurden eingetragen. Sie zählen erst, wenn Sie oder jemand anderes mit dieser Aufgabe bis {day} bestätigt, dass es so gesagt wurde.',
      action: 'Die Niederschrift lesen',
    },
    'ballot-entered': {
      name: 'Für Sie wurde eine Stimme aus einer Versammlung eingetragen',
      title: 'Für Sie eingetragen: {title}',
      text: 'Was Sie auf einer Versammlung gesagt haben, wurde eingetragen. Sehen Sie nach, ob es stimmt. Bis {day} können Sie selbst abstimmen, dann zählt diese Stimme.',
      action: 'Ihre Stimme ansehen',
    },
    'request-returned': {
      name: 'Was Sie beantragt oder vorgeschlagen haben, kam zurück',
      title: 'Bitte überarbeiten: {title}',
      text: 'Die Entscheidenden haben es mit Worten zurückgegeben. Die Abstimmung beginnt, sobald Sie es wieder eingereicht haben.',
      action: 'Lesen, was sie sagen',
    },
    'request-answered': {
      name: 'Eine Antwort auf Ihre Anfrage',
      title: 'Ihre Anfrage wurde beantwortet: {dataset}',
      text: 'Der Rat hat Ihre Anfrage nicht bewilligt. Die Seite sagt, was entschieden wurde.',
      action: 'Die Antwort lesen',
    },
    'grant-issued': {
      name: 'Eine Bewilligung für Sie',
      title: 'Sie dürfen nutzen: {dataset}',
      text: 'Ihnen wurde eine Bewilligung erteilt. Sie sagt, was Sie dürfen, wie lange, und was Sie zugesagt haben.',
      action: 'Ihre Bewilligung ansehen',
    },
    'grant-expiring': {
      name: 'Eine Ihrer Bewilligungen endet bald',
      title: 'Ihre Bewilligung endet bald: {dataset}',
      text: 'Sie endet am {day}. Brauchen Sie mehr Zeit, bitten Sie vorher um eine Verlängerung.',
      action: 'Ihre Bewilligung ansehen',
    },
    'grant-revoked': {
      name: 'Eine Ihrer Bewilligungen wurde widerrufen',
      title: 'Ihre Bewilligung wurde widerrufen: {dataset}',
      text: 'Der Rat hat diese Bewilligung beendet. Ab jetzt kann damit nichts mehr heruntergeladen werden.',
      action: 'Ihre Bewilligung ansehen',
    },
    'duty-due': {
      name: 'Eine Ihrer Zusagen wird fällig',
      title: 'Eine Zusage wird fällig: {dataset}',
      text: 'Was Sie mit Ihrer Bewilligung zugesagt haben ({duty}), ist am {day} fällig.',
      action: 'Berichten, was Sie getan haben',
    },
    'duty-overdue': {
      name: 'Eine Ihrer Zusagen ist überfällig',
      title: 'Eine Zusage ist überfällig: {dataset}',
      text: 'Was Sie mit Ihrer Bewilligung zugesagt haben ({duty}), war am {day} fällig. Bis es nachgeholt ist, bleibt das Herunterladen gesperrt.',
      action: 'Nachholen',
    },
    'contribution-used': {
      name: 'Ihr Beitrag wurde veröffentlicht',
      title: 'Mit Ihrem Beitrag veröffentlicht: {dataset}',
      text: 'Version {version} enthält Ihren Beitrag. Sie können ihn jederzeit zurücknehmen.',
      action: 'Den Datensatz ansehen',
    },
    'contribution-withdrawn': {
      name: 'Ein Beitrag wurde zurückgenommen',
      title: 'Ein Beitrag wurde zurückgenommen: {dataset}',
      text: 'Seine Dateien verlassen das Register nicht mehr. Vielleicht möchten Sie eine Version ohne sie veröffentlichen.',
      action: 'Den Datensatz ansehen',
    },
  },
  verify: {
    subject: 'Ist das Ihre E-Mail-Adresse?',
    text: 'Jemand hat bei {registry} ein Konto mit dieser Adresse eröffnet. Wenn Sie das waren, bestätigen Sie es.',
    action: 'Diese Adresse bestätigen',
    after: 'Wenn Sie es nicht waren, tun Sie nichts: Dann zählt die Adresse nicht.',
  },
  reset: {
    subject: 'Ein neues Passwort',
    text: 'Jemand hat für das Konto mit dieser Adresse bei {registry} ein neues Passwort verlangt.',
    action: 'Ein neues Passwort wählen',
    after:
      'Der Link gilt einmal, eine Stunde lang. Wenn Sie es nicht waren, tun Sie nichts: Es hat sich nichts geändert.',
  },
  invitation: {
    subject: 'Ihr Sitz in {community}',
    text: 'In {community} bei {registry} ist ein Sitz für Sie frei gehalten.',
    action: 'Den Sitz annehmen',
    after: 'Der Link gilt bis {day}. Kennen Sie die Gemeinschaft nicht, tun Sie nichts.',
  },
  digest: {
    subject: 'Was heute geschah ({count})',
    text: 'Das gab es Ihnen seit gestern zu sagen.',
    action: 'Alle Mitteilungen ansehen',
    after: '',
  },
  greeting: 'Guten Tag {name},',
  ballotLink: 'Jetzt abstimmen, ohne Anmeldung',
  ballotLinkAfter:
    'Dieser Link gehört nur Ihnen: Wer ihn hat, kann bis zum Ende der Abstimmung für Sie stimmen. Geben Sie ihn nicht weiter. Ein neuerer Link ersetzt ihn, und auf Ihrer Kontoseite können Sie ihn widerrufen.',
  why: 'Sie erhalten dies, weil Sie ein Konto bei {registry} haben.',
  unsubscribe: 'Keine E-Mail dieser Art mehr',
  settings: 'Auswählen, was Sie bekommen',
  unchecked: 'Diese Übersetzung wurde noch von niemandem geprüft.',
  aDataset: 'ein Datensatz',
  aProposal: 'ein Vorschlag',
}
