import type { BallotSubjectFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { ChangeInWords } from '../licences/ChangeInWords.tsx'
import { ClaimList } from '../licences/ClaimList.tsx'
import { Clauses } from '../licences/Clauses.tsx'
import css from '../licences/Licence.module.css'
import { Details, Facts } from '../ui/Page.tsx'

type Subject = BallotSubjectFragment
type Licence = NonNullable<Subject['licence']>

function Impact({ impact }: { readonly impact: NonNullable<Subject['impact']> }) {
  const t = useT(ballot)
  return (
    <>
      <h3>{t('impact.title')}</h3>
      <Facts
        facts={[
          [t('impact.datasets'), String(impact.datasets)],
          [t('impact.grants'), String(impact.grants)],
          [t('impact.reaccept'), String(impact.reaccept)],
          [t('impact.closed'), String(impact.closed)],
          [t('impact.duties'), String(impact.duties)],
        ]}
      />
    </>
  )
}

function Changes({ subject }: { readonly subject: Subject }) {
  const t = useT(ballot)
  const { changes, impact } = subject
  return (
    <div>
      <h3>{t('change.title')}</h3>
      {changes ? <ChangeInWords change={changes} level="h4" /> : <p>{t('change.new')}</p>}
      {impact && <Impact impact={impact} />}
    </div>
  )
}

interface SubjectLicenceProps {
  readonly subject: Subject
  readonly licence: Licence
}

/** A licence on a ballot: what changes and for whom, beside what the whole would say. */
export function SubjectLicence({ subject, licence }: SubjectLicenceProps) {
  const t = useT(ballot)
  return (
    <>
      <p dir="auto">
        {t('subject.licenceName', { title: licence.title, version: licence.version })}
      </p>
      <div className={css.twoSides}>
        <Changes subject={subject} />
        <div>
          <h3>{t('subject.licence')}</h3>
          {licence.preamble.map(({ lang, text }) => (
            <blockquote key={lang} className={css.own} lang={lang} dir="auto">
              {text}
            </blockquote>
          ))}
          <Clauses summary={licence.summary} level="h4" />
        </div>
      </div>
      {licence.claims.length > 0 && (
        <>
          <h3>{t('claims.title')}</h3>
          <ClaimList claims={licence.claims} />
        </>
      )}
      <Details summary={t('subject.licenceJson')}>
        <pre dir="ltr">{JSON.stringify(licence.document, null, 2)}</pre>
      </Details>
    </>
  )
}
