import { CharterChanges } from '../charters/CharterChanges.tsx'
import type { BallotSubjectFragment } from '../graphql/generated.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Details } from '../ui/Page.tsx'

interface SubjectCharterProps {
  readonly charter: NonNullable<BallotSubjectFragment['charter']>
  readonly changes: BallotSubjectFragment['charterChanges']
}

/** A charter on a ballot: first what would change, then the whole, then the data. */
export function SubjectCharter({ charter, changes }: SubjectCharterProps) {
  const t = useT(charters)
  const words = useT(communities)
  const parts = [
    { name: t('whole.common'), text: charter.common },
    ...charter.matters.map(({ matter, text }) => ({ name: words.code('matter', matter), text })),
  ]
  return (
    <>
      {changes && (
        <>
          <h3>{t('change.title')}</h3>
          <CharterChanges changes={changes} />
        </>
      )}
      <h3>{t('whole.title')}</h3>
      {parts.map(({ name, text }) => (
        <Details key={name} summary={name}>
          <ul>
            {text.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </Details>
      ))}
      <Details summary={t('whole.json')}>
        <pre dir="ltr">{JSON.stringify(charter.document, null, 2)}</pre>
      </Details>
    </>
  )
}
