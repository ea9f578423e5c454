import { PrecheckDocument, type PrecheckQuery } from '../graphql/generated.ts'
import { saidByRegistry, useQuery } from '../graphql/hooks.ts'
import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { countryName } from '../ui/CountryOptions.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Facts } from '../ui/Page.tsx'
import { DataParagraphs, DataText } from '../ui/Text.tsx'
import { ReasonedAnswer } from './RequestAnswerBox.tsx'
import { type RequestDraft, teamOf, toPrecheck } from './request-draft.ts'

interface RequestReviewProps {
  readonly dataset: string
  readonly draft: RequestDraft
}

/** What the council will read, and what the registry itself answers before anything is sent. */
export function RequestReview({ dataset, draft }: RequestReviewProps) {
  const t = useT(request)
  const words = useT(shared)
  const { code: locale } = useLocale()
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  return (
    <>
      <p>{t('review.lead')}</p>
      <Facts
        facts={[
          [t('use.purposes'), list('purpose', draft.purposes)],
          [t('use.actions'), list('action', draft.actions)],
          [t('review.who'), words.code('actor', draft.actorKind)],
          draft.country ? [t('review.country'), countryName(draft.country, locale)] : null,
          [t('review.duties'), list('duty', draft.duties) || t('promise.none')],
          teamOf(draft).length > 0
            ? [t('review.team'), <DataText key="team">{teamOf(draft).join(', ')}</DataText>]
            : null,
          [t('review.days'), t('promise.daysCount', { count: Number(draft.days) })],
        ]}
      />
      <h3>{t('review.project')}</h3>
      <DataParagraphs text={draft.project} />
      <RegistryAnswer dataset={dataset} draft={draft} />
    </>
  )
}

type Answer = NonNullable<PrecheckQuery['precheck']>

const canTurn = ({ needsFacts, needsAgreement, needsCouncil, needsTime }: Answer) =>
  needsFacts.length > 0 || needsAgreement.length > 0 || needsCouncil || needsTime !== null

function RegistryAnswer({ dataset, draft }: RequestReviewProps) {
  const t = useT(request)
  const states = useT(shared)
  const { data, error } = useQuery(PrecheckDocument, { input: toPrecheck(dataset, draft) })
  const answer = data?.precheck
  return (
    <section aria-live="polite">
      <h3>{t('answer.registry')}</h3>
      {error && (
        <Notice tone="bad">
          <p>{saidByRegistry(error) ?? states('state.errorText')}</p>
        </Notice>
      )}
      {!answer && !error && <p>{t('answer.registryWait')}</p>}
      {answer && (
        <ReasonedAnswer
          decision={answer.decision}
          reasons={answer.reasons}
          turnable={canTurn(answer)}
        >
          {answer.decision === 'deny' && <p>{t('review.denied')}</p>}
        </ReasonedAnswer>
      )}
    </section>
  )
}
