import type { OwnContributionFragment } from '../graphql/generated.ts'
import { people } from '../i18n/areas/people.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

interface ContributionListProps {
  readonly contributions: readonly OwnContributionFragment[]
}

export function ContributionList({ contributions }: ContributionListProps) {
  const t = useT(people)
  return (
    <Section title={t('contributions.title')}>
      {contributions.length === 0 && <p>{t('contributions.none')}</p>}
      {contributions.map((contribution) => (
        <ContributionCard key={contribution.id} contribution={contribution} />
      ))}
      <ButtonRow>
        <ButtonLink to="/contribute">{t('contributions.begin')}</ButtonLink>
      </ButtonRow>
    </Section>
  )
}

function ContributionCard({ contribution }: { readonly contribution: OwnContributionFragment }) {
  const t = useT(people)
  const words = useT(shared)
  const format = useFormat()
  const { dataset, files, state, at, consent } = contribution
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return (
    <Card>
      <h3>
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {dataset.title}
        </Link>{' '}
        <Tag>{t.code('contribution', state)}</Tag>
      </h3>
      <p>
        {t('contributions.files', { count: files.length, size: format.size(size) })}
        {' · '}
        {format.day(at)}
        <br />
        {t('contributions.scope', { scope: consent.scope })}
        <br />
        {words.code('stage', String(consent.maxStage))}
      </p>
      <p>
        <Link to={`/contributions/${contribution.id}`}>
          {t('contributions.open')}
          <span className="visually-hidden" dir="auto">
            {' '}
            {dataset.title}
          </span>
        </Link>
      </p>
    </Card>
  )
}
