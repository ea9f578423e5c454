import { parseCharter } from '../../../policies/rules/governance.ts'
import { CharterToTryDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Loading } from '../ui/State.tsx'
import { sizesOf } from './charter-draft.ts'
import { Simulator } from './Simulator.tsx'

/** The simulator over the charter in force, fetched when somebody wants to try. */
export function TrialInForce({ slug }: { readonly slug: string }) {
  const t = useT(charters)
  const { data, error } = useQuery(CharterToTryDocument, { slug })
  if (!data && !error) return <Loading />
  const community = data?.community
  const read = parseCharter(community?.charter.document)
  if (!community || !read.ok) return <Notice tone="bad">{error ?? t('try.unreadable')}</Notice>
  return <Simulator charter={read.charter} sizes={sizesOf(community)} matter="access.grant" />
}
