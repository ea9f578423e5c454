import type { ReactNode } from 'react'
import { ChangeList } from '../datasets/ChangeList.tsx'
import type { BallotSubjectFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { reading } from '../i18n/areas/reading.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Clauses } from '../licences/Clauses.tsx'
import { Languages } from '../ui/Languages.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details, Facts } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { DataText, Digest } from '../ui/Text.tsx'
import { SubjectCharter } from './SubjectCharter.tsx'
import { SubjectDelegation } from './SubjectDelegation.tsx'
import { FactList } from './SubjectFacts.tsx'
import { SubjectLicence } from './SubjectLicence.tsx'
import { SubjectRequest } from './SubjectRequest.tsx'

type Subject = BallotSubjectFragment

/** What a yes would do and to what, with the effect of the licence in plain words. */
export function BallotSubject({ subject }: { readonly subject: Subject }) {
  const t = useT(ballot)
  const { dataset, request, licence, charter, facts, member } = subject
  const effective = licence ? null : (subject.version?.licence ?? dataset?.licence)
  return (
    <>
      {member && <Facts facts={[[t('subject.member'), <DataText key="who">{member}</DataText>]]} />}
      {isRecord(facts) && <FactList title={t('subject.factsVouched')} facts={facts} />}
      {dataset && <SubjectDataset subject={subject} dataset={dataset} />}
      {subject.versionChanges && <SubjectChanges changes={subject.versionChanges} />}
      {request && <SubjectRequest request={request} />}
      <SubjectDelegation subject={subject} />
      {subject.grant && <SubjectGrant grant={subject.grant} />}
      {effective && (
        <Details summary={t('subject.licence')}>
          <p dir="auto">
            {t('subject.licenceName', { title: effective.title, version: effective.version })}
          </p>
          <Clauses summary={effective.summary} level="h3" />
        </Details>
      )}
      {licence && <SubjectLicence subject={subject} licence={licence} />}
      {charter && <SubjectCharter charter={charter} changes={subject.charterChanges} />}
    </>
  )
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface SubjectDatasetProps {
  readonly subject: Subject
  readonly dataset: NonNullable<Subject['dataset']>
}

function SubjectDataset({ subject, dataset }: SubjectDatasetProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const { version, stage } = subject
  const facts: (readonly [string, ReactNode] | false)[] = [
    [
      t('subject.dataset'),
      <Link key="dataset" to={`/datasets/${dataset.id}`} dir="auto">
        {dataset.title}
      </Link>,
    ],
    [t('subject.languages'), <Languages key="languages" tags={dataset.languages} />],
    [t('subject.datasetNow'), dataset.stageText || words.code('stage', String(dataset.stage))],
    stage !== null && [
      t('subject.stage'),
      <strong key="stage">{words.code('stage', String(stage))}</strong>,
    ],
    version !== null && [
      t('subject.version'),
      `${version.version} · ${t('subject.files', {
        count: version.files.length,
        size: format.size(version.totalSize),
      })}`,
    ],
    version !== null && [
      t('subject.manifest'),
      <Digest key="digest" value={version.manifestDigest} />,
    ],
    version !== null && [
      t('subject.statement'),
      version.statement.complete
        ? t('subject.statementComplete')
        : t('subject.statementMissing', { fields: version.statement.missing.join(', ') }),
    ],
  ]
  return (
    <>
      <Facts facts={facts} />
      {version !== null && stage !== null && (
        <p>
          <Link to={`/datasets/${dataset.id}/preview?version=${version.version}`}>
            {t('subject.look')}
          </Link>
        </p>
      )}
      {dataset.suspended && (
        <Notice tone="bad">
          <p>
            {t('subject.suspended', {
              day: format.day(dataset.suspended.since),
              reason: dataset.suspended.reason,
            })}
          </p>
        </Notice>
      )}
    </>
  )
}

function SubjectChanges({ changes }: { readonly changes: NonNullable<Subject['versionChanges']> }) {
  const t = useT(reading)
  return (
    <Details summary={t('changes.ballot', { from: changes.from })}>
      <ChangeList changes={changes} level="h3" />
    </Details>
  )
}

function SubjectGrant({ grant }: { readonly grant: NonNullable<Subject['grant']> }) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const term = t('subject.grantTerm', {
    from: format.day(grant.issuedAt),
    to: format.day(grant.expiresAt),
  })
  return (
    <Facts
      facts={[
        [t('subject.grant'), term],
        [
          t('subject.purposes'),
          grant.purposes.map((one) => words.code('purpose', one)).join(' · '),
        ],
        [t('subject.actions'), grant.actions.map((one) => words.code('action', one)).join(' · ')],
      ]}
    />
  )
}
