import type { Language } from '../notices/notice.ts'

/** What the page about marked copies says; the numbers are put in by name. */
export interface FingerprintWords {
  readonly title: string
  readonly state: { readonly on: string; readonly off: string }
  readonly how: readonly string[]
  readonly limitsTitle: string
  readonly limits: readonly string[]
  readonly vote: {
    readonly title: string
    readonly reason: string
    readonly on: string
    readonly off: string
    readonly made: string
  }
  readonly trace: {
    readonly title: string
    readonly text: string
    readonly file: string
    readonly button: string
    readonly again: string
  }
  readonly found: string
  readonly outcome: Readonly<Record<'named' | 'tooFew' | 'nobody', string>>
  readonly holder: string
  readonly erased: string
  readonly whole: string
  readonly hearing: string
  readonly recorded: string
  readonly back: string
}

const english: FingerprintWords = {
  title: 'Fingerprints in copies',
  state: {
    on: 'By a vote of the council, copies of this dataset are fingerprinted: each person who is granted access gets files from which about {share} of the rows are missing, and other rows for each person.',
    off: 'Copies of this dataset are not fingerprinted: everybody who is granted access gets the same whole files.',
  },
  how: [
    'Nothing false is added to a record. Which rows are missing is chosen with a key that never leaves this registry.',
    'Only files with at least {least} different rows take part: CSV, TSV, JSON lines and plain text. Recordings, prose in Markdown, Parquet, the lines of translations, and test data are handed out whole.',
    'Whoever asks for access is told before they ask. Access that was asked for earlier stays as it was.',
  ],
  limitsTitle: 'What this can and cannot do',
  limits: [
    'A leak can be traced only when enough rows of it are found: about {needed} for {copies} people with copies. From fewer rows nobody is named.',
    'Rows that were reworded or translated, and models trained on them, tell nothing.',
    'Several people who put their copies together can fill each other’s gaps; then nobody is named. If they keep only what all of them have, each of them is named.',
    'A copy shows whose grant it came from, not who passed it on: it may have been stolen, or passed on by somebody of the team.',
    'By chance alone somebody is named wrongly in at most one of a thousand traces. Whoever runs this registry has the key and could make any copy: the log holds, for each download, the digest of the bytes that were handed over.',
  ],
  vote: {
    title: 'Ask the council to change this',
    reason: 'Why? These words are public.',
    on: 'Ask for a vote: fingerprint copies',
    off: 'Ask for a vote: whole copies',
    made: 'The vote has been asked for.',
  },
  trace: {
    title: 'Trace a leaked file',
    text: 'Choose the file that was found, as .jsonl, .csv, .tsv or .txt, at most {most} MB. It is compared and not kept. That a trace was made goes into the public log; who was named does not.',
    file: 'File that was found',
    button: 'Trace it',
    again: 'Trace another file',
  },
  found:
    'The file has {read} different rows. {rows} of them are rows by which the copies of {copies} people can be told apart; {needed} would be needed.',
  outcome: {
    named: 'These rows fit the copy of:',
    tooFew: 'Cannot tell: too few rows of this dataset were found in the file.',
    nobody:
      'Cannot tell: no single fingerprinted copy fits. The rows may come from a whole copy, from several copies put together, or from before they were copied.',
  },
  holder: 'grant {grant}, version {version}, since {day}',
  erased: 'name erased',
  whole:
    'Besides, whole copies were handed out under {whole} grants before copies were fingerprinted. These cannot be told apart.',
  hearing:
    'This is a reason to ask, and no proof. Hear whoever is named, under the charter, before anything is decided.',
  recorded: 'That this trace was made is recorded in the public log.',
  back: 'Back to the dataset',
}

const german: FingerprintWords = {
  title: 'Fingerabdrücke in Kopien',
  state: {
    on: 'Nach einem Beschluss des Rates tragen Kopien dieses Datensatzes Fingerabdrücke: Wer Zugang erhält, bekommt Dateien, in denen etwa {share} der Zeilen fehlen, bei jedem Menschen andere.',
    off: 'Kopien dieses Datensatzes tragen keine Fingerabdrücke: Alle, die Zugang erhalten, bekommen dieselben vollständigen Dateien.',
  },
  how: [
    'Nichts Falsches kommt in eine Aufzeichnung. Welche Zeilen fehlen, bestimmt ein Schlüssel, der dieses Register nie verlässt.',
    'Nur Dateien mit mindestens {least} verschiedenen Zeilen nehmen teil: CSV, TSV, JSON-Zeilen und einfacher Text. Aufnahmen, Fließtext in Markdown, Parquet, die Zeilen von Übersetzungen und Testdaten werden vollständig ausgegeben.',
    'Wer um Zugang bittet, erfährt es vorher. Worum früher gebeten wurde, bleibt, wie es war.',
  ],
  limitsTitle: 'Was das kann und was nicht',
  limits: [
    'Ein Leck lässt sich nur zuordnen, wenn genug Zeilen gefunden werden: etwa {needed} bei {copies} Menschen mit Kopien. Aus weniger Zeilen wird niemand genannt.',
    'Umformulierte oder übersetzte Zeilen und Modelle, die damit trainiert wurden, verraten nichts.',
    'Mehrere, die ihre Kopien zusammenlegen, können die Lücken füllen; dann wird niemand genannt. Behalten sie nur, was alle haben, wird jeder von ihnen genannt.',
    'Eine Kopie zeigt, aus wessen Bewilligung sie stammt, nicht, wer sie weitergab: Sie kann gestohlen oder von jemandem im Team weitergegeben worden sein.',
    'Durch bloßen Zufall wird höchstens bei einer von tausend Suchen jemand zu Unrecht genannt. Wer dieses Register betreibt, hat den Schlüssel und könnte jede Kopie herstellen: Das Protokoll hält zu jedem Herunterladen die Prüfsumme der ausgegebenen Bytes fest.',
  ],
  vote: {
    title: 'Den Rat um eine Änderung bitten',
    reason: 'Warum? Diese Worte sind öffentlich.',
    on: 'Abstimmung beantragen: Kopien mit Fingerabdruck',
    off: 'Abstimmung beantragen: vollständige Kopien',
    made: 'Die Abstimmung ist beantragt.',
  },
  trace: {
    title: 'Eine durchgesickerte Datei zuordnen',
    text: 'Wählen Sie die gefundene Datei, als .jsonl, .csv, .tsv oder .txt, höchstens {most} MB. Sie wird verglichen und nicht aufbewahrt. Dass gesucht wurde, steht danach im öffentlichen Protokoll; wer genannt wurde, nicht.',
    file: 'Gefundene Datei',
    button: 'Zuordnen',
    again: 'Eine andere Datei zuordnen',
  },
  found:
    'Die Datei hat {read} verschiedene Zeilen. An {rows} davon lassen sich die Kopien von {copies} Menschen unterscheiden; nötig wären {needed}.',
  outcome: {
    named: 'Diese Zeilen passen zur Kopie von:',
    tooFew: 'Nicht zu sagen: In der Datei wurden zu wenige Zeilen dieses Datensatzes gefunden.',
    nobody:
      'Nicht zu sagen: Keine einzelne Kopie mit Fingerabdruck passt. Die Zeilen können aus einer vollständigen Kopie stammen, aus mehreren zusammengelegten oder aus der Zeit davor.',
  },
  holder: 'Bewilligung {grant}, Version {version}, seit {day}',
  erased: 'Name gelöscht',
  whole:
    'Außerdem wurden unter {whole} Bewilligungen vollständige Kopien ausgegeben, bevor Kopien Fingerabdrücke trugen. Diese lassen sich nicht unterscheiden.',
  hearing:
    'Das ist ein Grund nachzufragen und kein Beweis. Hören Sie die Genannten nach der Satzung an, bevor etwas entschieden wird.',
  recorded: 'Dass gesucht wurde, steht im öffentlichen Protokoll.',
  back: 'Zurück zum Datensatz',
}

const WORDS: Readonly<Record<Language, FingerprintWords>> = { en: english, de: german }

export const fingerprintWords = (language: Language): FingerprintWords => WORDS[language]

/** Puts what is told into its place. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
