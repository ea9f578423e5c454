import type { ContributionQuery } from '../graphql/generated.ts'
import { contribution } from '../i18n/areas/contribution.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Use = NonNullable<NonNullable<ContributionQuery['contribution']>['uses']>[number]

/** Every grant on what was given, with its purpose and what was fetched. */
export function GivenUses({ uses }: { readonly uses: readonly Use[] }) {
  const t = useT(contribution)
  return (
    <Section title={t('uses')}>
      <p>{t(uses.length === 0 ? 'uses.none' : 'uses.lead')}</p>
      {uses.map((use) => (
        <UseCard key={use.entry} use={use} />
      ))}
    </Section>
  )
}

function UseCard({ use }: { readonly use: Use }) {
  const t = useT(contribution)
  const words = useT(shared)
  const format = useFormat()
  const { dataset, version, purposes, holder, issuedAt, expiresAt, state, proposal, files } = use
  return (
    <Card>
      <h3>
        {purposes.map((purpose) => words.code('purpose', purpose)).join(', ')}{' '}
        <Tag>{t.code('state', state)}</Tag>
      </h3>
      <p>
        {t('uses.line', { holder, from: format.day(issuedAt), until: format.day(expiresAt) })}
        <br />
        <span dir="auto">
          {t('uses.version', { dataset: dataset?.title ?? t('uses.hidden'), version })}
        </span>
      </p>
      {files.length === 0 && <p>{t('uses.unfetched')}</p>}
      <ul>
        {files.map(({ path, times, lastAt }) => (
          <li key={path} dir="auto">
            {t('uses.file', { path, count: times, day: lastAt ? format.day(lastAt) : '' })}
          </li>
        ))}
      </ul>
      {proposal && (
        <p>
          <Link to={`/decisions/${proposal.id}`}>{t('uses.decision')}</Link>
        </p>
      )}
    </Card>
  )
}
