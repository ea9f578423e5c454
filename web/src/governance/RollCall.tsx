import type { DecisionRecordQuery } from '../graphql/generated.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Table } from '../ui/Page.tsx'
import { DataText } from '../ui/Text.tsx'

type Call = NonNullable<NonNullable<DecisionRecordQuery['proposal']>['rollCall']>[number]

/** Who voted how, for those whom the charter lets read it. */
export function RollCall({ calls }: { readonly calls: readonly Call[] }) {
  const t = useT(decisions)
  const words = useT(shared)
  const said = ({ recused, choice }: Call) => {
    if (recused) return t('roll.recused')
    return choice ? words.code('choice', choice) : t('roll.silent')
  }
  return (
    <>
      <p>{t('roll.intro')}</p>
      <Table
        caption={t('roll.title')}
        head={[t('roll.member'), t('tally.choice'), t('roll.reason')]}
        rows={calls.map((call) => ({
          key: call.member,
          cells: [
            <DataText key="name">{call.name || call.member}</DataText>,
            said(call),
            <DataText key="reason">{call.reason ?? ''}</DataText>,
          ],
        }))}
      />
    </>
  )
}
