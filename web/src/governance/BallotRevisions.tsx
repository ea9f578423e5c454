import type { BallotProposalFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Details, Section } from '../ui/Page.tsx'
import { DataParagraphs, Digest, Instant } from '../ui/Text.tsx'
import { WordChanges } from '../ui/WordChanges.tsx'

interface BallotRevisionsProps {
  readonly proposal: BallotProposalFragment
}

/** Every wording the proposal has had, each with its digest and what it changed. */
export function BallotRevisions({ proposal }: BallotRevisionsProps) {
  const t = useT(ballot)
  const { revisions, returned } = proposal
  return (
    <>
      {returned && (
        <Notice tone="wait" title={t('returned.title')}>
          <p>
            <Instant iso={returned.at} />
          </p>
          {returned.words && <DataParagraphs text={returned.words} />}
          <p>{t('returned.text')}</p>
        </Notice>
      )}
      {revisions.length > 1 && (
        <Section title={t('revisions.title')}>
          <p>{t('revisions.lead')}</p>
          {revisions.toReversed().map((revision) => (
            <Revision key={revision.number} revision={revision} />
          ))}
        </Section>
      )}
    </>
  )
}

type RevisionProps = { readonly revision: BallotProposalFragment['revisions'][number] }

function Revision({ revision }: RevisionProps) {
  const t = useT(ballot)
  const { number, at, textDigest, changes, text } = revision
  return (
    <Details summary={t('revisions.number', { number: String(number) })}>
      <p>
        <Instant iso={at} /> · <Digest value={textDigest} />
      </p>
      {changes.length > 0 ? <WordChanges changes={changes} /> : <DataParagraphs text={text} />}
    </Details>
  )
}
