import type { OwnGrantFragment } from '../graphql/generated.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { Copy } from '../ui/Copy.tsx'
import { Details } from '../ui/Page.tsx'
import { DutyLine } from './DutyLine.tsx'
import { DutyReport } from './DutyReport.tsx'
import { GrantDeletions } from './GrantDeletions.tsx'

interface GrantDutiesProps {
  readonly grant: OwnGrantFragment
  readonly now: string
}

/** What the holder of a grant owes, and the forms by which it is handed in. */
export function GrantDuties({ grant, now }: GrantDutiesProps) {
  const t = useT(grants)
  return (
    <>
      <GrantDeletions grant={grant} />
      <h3>{t('duties.title')}</h3>
      {grant.duties.length === 0 && <p>{t('duties.none')}</p>}
      <ul>
        {grant.duties.map((duty) => (
          <li key={`${duty.clause} ${duty.kind}`}>
            <DutyLine duty={duty} now={now} />
            {duty.viewerCanReport && <DutyReport grant={grant.id} duty={duty} />}
          </li>
        ))}
      </ul>
      {grant.attribution && (
        <Details summary={t('credit.title')}>
          <p>{t('credit.text')}</p>
          <Copy label={t('credit.label')} value={grant.attribution} rows={4} />
        </Details>
      )}
    </>
  )
}
