import type { DelegatedScopeFragment } from '../graphql/generated.ts'
import { delegation } from '../i18n/areas/delegation.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Facts } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Instant } from '../ui/Text.tsx'

type Scope = DelegatedScopeFragment

/** Which requests are answered yes without a ballot, condition by condition. */
export function DelegatedScope({ scope }: { readonly scope: Scope }) {
  const t = useT(delegation)
  const words = useT(shared)
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  return (
    <Facts
      facts={[
        [t('scope.purposes'), list('purpose', scope.purposes)],
        [t('scope.actions'), list('action', scope.actions)],
        [t('scope.who'), scope.actorKinds ? list('actor', scope.actorKinds) : t('scope.anybody')],
        scope.noCommercialTie ? [t('scope.noTie'), t('scope.noTie.yes')] : null,
        [
          t('scope.from'),
          scope.territories ? list('territory', scope.territories) : t('scope.anywhere'),
        ],
        [t('scope.datasets'), <Datasets key="datasets" scope={scope} />],
        [t('scope.licences'), <Licences key="licences" scope={scope} />],
        [t('scope.term'), t('scope.days', { count: scope.longestDays })],
        [
          t('scope.team'),
          scope.largestTeam === 0
            ? t('scope.nobody')
            : t('scope.team', { count: scope.largestTeam }),
        ],
        [t('scope.until'), <Instant key="until" iso={scope.until} />],
      ]}
    />
  )
}

function Datasets({ scope }: { readonly scope: Scope }) {
  const t = useT(delegation)
  if (!scope.datasets) return t('scope.allDatasets')
  return scope.datasets.map(({ id, title }, nth) => (
    <span key={id}>
      {nth > 0 && ' · '}
      <Link to={`/datasets/${id}`} dir="auto">
        {title}
      </Link>
    </span>
  ))
}

function Licences({ scope }: { readonly scope: Scope }) {
  const t = useT(delegation)
  return scope.licences.map(({ digest, title, version, versions }, nth) => (
    <span key={digest}>
      {nth > 0 && ' · '}
      <Link to={`/licences/${digest}`} dir="auto">
        {t('scope.licence', { title, version })}
      </Link>
      {versions[0]?.digest !== digest && ` (${t('scope.replaced')})`}
    </span>
  ))
}
