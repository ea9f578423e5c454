import type { Language } from '../notices/notice.ts'
import type { BallotQuestion } from './ballot-link-question.ts'
import { ballotSubject, sentences } from './ballot-link-subject.ts'
import { type Html, html } from './html.ts'
import { qrCode } from './qr-code.ts'

export const CHOICES = ['yes', 'no', 'abstain', 'object'] as const
export type BallotChoice = (typeof CHOICES)[number]

const SAID: Readonly<Record<BallotChoice, string>> = {
  yes: 'Yes',
  no: 'No',
  abstain: 'No position',
  object: 'Object',
}

const MEANS: Readonly<Record<BallotChoice, string>> = {
  yes: 'I agree that this happens.',
  no: 'I do not want this to happen.',
  abstain: 'I have read it and leave it to the others. It does not count as a yes.',
  object: 'This would do harm. I say why below.',
}

/** The voter's proof that the ballot is in the log. */
export interface BallotReceipt {
  /** C2SP tlog-proof text. */
  readonly proof: string
  readonly address: string
}

export interface BallotPage {
  readonly question: BallotQuestion
  readonly voter: string
  readonly action: string
  /** In the reader's language: why the ballot is not. Empty where it is. */
  readonly note: { readonly language: Language; readonly text: string }
  readonly receipt: BallotReceipt | null
  /** Why the last try did not count, with what was typed. */
  readonly refused: {
    readonly message: string
    readonly choice: string
    readonly reason: string
  } | null
}

/** In UTC: who prints it may be in another zone than who reads it. */
const day = (iso: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`

const choices = (chosen: string | undefined): readonly Html[] =>
  CHOICES.map((choice) => {
    const checked = choice === chosen ? html` checked` : null
    return html`<label class="choice"><input type="radio" name="choice" value="${choice}" required${checked}><span><strong>${SAID[choice]}</strong><br>${MEANS[choice]}</span></label>`
  })

/** At the top, where the page opens after a try, and again where it is mended. */
const notCounted = ({ refused }: BallotPage, wayOn: Html | null): Html | null =>
  refused &&
  html`<div class="bad"${wayOn ? html` role="alert"` : null}><p><strong>Your ballot was not counted.</strong> ${refused.message}</p>${wayOn}</div>`

const form = (page: BallotPage): Html => {
  const { question, action, refused } = page
  const { myBallot } = question
  const chosen = refused?.choice ?? myBallot?.choice
  const reason = refused?.reason ?? myBallot?.reason ?? ''
  return html`<form method="post" action="${action}" id="ballot">
<h2>${myBallot ? 'Change your ballot' : 'Your ballot'}</h2>
${notCounted(page, null)}
<fieldset><legend>What do you say?</legend>${choices(chosen)}</fieldset>
<label class="field" for="reason">Your reason</label>
<p class="quiet">Needed with an objection, welcome with any answer. The others read it after the close.</p>
<textarea id="reason" name="reason" rows="4" maxlength="8000">${reason}</textarea>
<button>${myBallot ? 'Replace my ballot' : 'Cast my ballot'}</button>
<p class="paper">On paper: mark one answer, sign, and hand this page to a steward.<br><br>Name and signature: ______________________________</p>
</form>`
}

const receipt = ({ question: { myBallot }, receipt: proof }: BallotPage): Html | null =>
  myBallot &&
  proof &&
  html`<section id="receipt" class="good"><h2>You voted: ${SAID[myBallot.choice]}</h2>
${myBallot.reason ? html`<p dir="auto">${myBallot.reason}</p>` : null}
<p>Your ballot is entry ${myBallot.entry} of the public log. It is sealed: the log shows neither you nor your answer. You can change it until the close.</p>
${qrCode(proof.address, `QR code with the address of entry ${myBallot.entry} of the log`)}
<p class="quiet">${proof.address}</p>
<p>Your receipt. Keep or print it: with it anyone can prove that this entry is in the log.</p>
<pre dir="ltr">${proof.proof}</pre></section>`

/** The question, the rule, what silence means and four answers: all of it readable on an old phone. */
export const ballotLinkPage = (page: BallotPage): Html => {
  const { question, voter, note } = page
  const wayOn = html`<p class="screen"><a href="#ballot">${question.myBallot ? 'Change your ballot' : 'Go to the ballot'}</a></p>`
  return html`${note.text === '' ? null : html`<p class="quiet" lang="${note.language}">${note.text}</p>`}<p class="quiet" dir="auto">${question.community.name}</p>
<h1 dir="auto">${question.title}</h1>
<p>The vote closes on <strong>${day(question.closesAt)}</strong>.</p>
${notCounted(page, wayOn)}${page.refused ? null : wayOn}
${receipt(page)}
<p class="lines" dir="auto">${question.text}</p>
${ballotSubject(question)}
${sentences('How it is decided', question.rule)}
<h2>If you do nothing</h2>
<p>Silence is not a yes. You still count among those whose yes is needed, so silence makes it harder for this to pass; it never lets it through.</p>
${form(page)}
<p class="quiet">You vote as <span dir="auto">${voter}</span>. This link is yours alone: do not pass it on. <span class="screen">It ends with the vote, and you can end it yourself <a href="/notices" rel="noreferrer">on your page of notices</a>.</span></p>`
}
