import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import {
  type ClaimMessages,
  claimMessagesFor,
  type Licence,
  type LicenceJson,
  parseLicence,
  proveClaims,
  publicationProblems,
  sayChange,
  sayClaim,
  sayExample,
} from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Live } from '../ui/LiveForm.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import type { LocalWords } from './builder-draft.ts'
import { ChangeInWords } from './ChangeInWords.tsx'
import type { ShownClaim } from './ClaimList.tsx'
import { ClaimsEditor } from './ClaimsEditor.tsx'
import { Clauses } from './Clauses.tsx'
import { SampleRequests } from './SampleRequests.tsx'
import { useClaimWords } from './use-claim-words.ts'
import type { Reading } from './use-reading.ts'

const Findings = lazy(async () => ({ default: (await import('./Findings.tsx')).Findings }))

/** The claims of a licence with what the proof says of each. */
export function shownClaims(
  licence: Licence,
  locale: string | ClaimMessages,
): readonly ShownClaim[] {
  return proveClaims(licence, licence.claims).map(({ claim, holds, example, method, states }) => ({
    id: claim.id,
    text: sayClaim(claim, locale),
    holds,
    counterexample: example && sayExample(licence, example, claim.verdict !== 'always', locale),
    method,
    states,
  }))
}

/** What has to be proved of a document, a moment after it was typed. */
export function useProofs(licence: Licence | null) {
  const words = useClaimWords()
  const settled = useDeferredValue(licence)
  return useMemo(
    () =>
      settled && {
        claims: shownClaims(settled, words),
        problems: publicationProblems(settled),
      },
    [settled, words],
  )
}

export type Proofs = ReturnType<typeof useProofs>

function Change({ from, licence }: { readonly from: unknown; readonly licence: Licence }) {
  const t = useT(builder)
  const words = useClaimWords()
  const change = useMemo(() => {
    const before = parseLicence(from)
    return before.ok ? sayChange(before.licence, licence, words) : null
  }, [from, licence, words])
  if (!change) return null
  return (
    <Details summary={t('live.change')} open>
      <ChangeInWords change={change} level="h4" />
    </Details>
  )
}

interface LiveLicenceProps {
  readonly document: LicenceJson
  readonly reading: Reading
  readonly proofs: Proofs
  readonly preambles: readonly LocalWords[]
  /** The document of the version it would replace. */
  readonly replaced: unknown
  /** Epoch milliseconds. */
  readonly now: number
  readonly onChange: (document: LicenceJson) => void
}

/** What the licence says and does, as it stands on the left at this moment. */
export function LiveLicence(props: LiveLicenceProps) {
  const { document, reading, proofs, preambles, replaced, now, onChange } = props
  const t = useT(builder)
  const unchecked = claimMessagesFor(useClaimWords()).draft
  return (
    <Live title={t('live.title')}>
      {unchecked && <Notice tone="wait">{t('claims.unchecked')}</Notice>}
      {!reading.licence && <Notice tone="wait">{t('live.waiting')}</Notice>}
      <div id="claims">
        <Details summary={t('live.claims')} open>
          <ClaimsEditor document={document} proved={proofs?.claims ?? []} onChange={onChange} />
        </Details>
      </div>
      {reading.licence && (
        <Details summary={t('live.examples')} open>
          <SampleRequests licence={reading.licence} now={now} />
        </Details>
      )}
      {reading.licence && (
        <Details summary={t('live.lint')} open>
          <Suspense fallback={null}>
            <Findings
              licence={reading.licence}
              document={document}
              sentences={reading.sentences}
              onChange={onChange}
            />
          </Suspense>
        </Details>
      )}
      {replaced !== undefined && reading.licence && (
        <Change from={replaced} licence={reading.licence} />
      )}
      <Details summary={t('live.words')} open>
        {preambles.map(({ lang, text }) => (
          <blockquote key={lang} lang={lang} dir="auto">
            {text}
          </blockquote>
        ))}
        <Clauses summary={reading.sentences} level="h3" />
      </Details>
    </Live>
  )
}
