import { useMemo } from 'react'
import {
  type Charter,
  describeCommon,
  describeRule,
  diffCharters,
  type Finding,
  MATTERS,
  parseCharter,
} from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Live } from '../ui/LiveForm.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { CharterChanges } from './CharterChanges.tsx'
import { type EditorCommunity, sizesFor } from './charter-draft.ts'
import { Findings } from './Findings.tsx'
import { RuleWords } from './RuleWords.tsx'
import { TryCharter } from './TryCharter.tsx'

interface LiveCharterProps {
  readonly community: EditorCommunity
  readonly charter: Charter
  readonly matter: string
  readonly findings: readonly Finding[]
  readonly onGo: (path: string) => void
}

/** The sentences and changes of a charter; null while it cannot be read. */
function useWords(charter: Charter, community: EditorCommunity) {
  return useMemo(() => {
    const read = parseCharter(charter)
    const before = parseCharter(community.charter.document)
    if (!read.ok) return null
    const sizes = sizesFor(charter, community)
    return {
      sizes,
      common: describeCommon(charter),
      rules: MATTERS.flatMap((matter) => {
        const rule = charter.matters[matter]
        return rule ? [{ matter, text: describeRule(rule, sizes, 'en') }] : []
      }),
      changes: before.ok ? diffCharters(before.charter, charter, sizes) : null,
    }
  }, [charter, community])
}

/** What the charter says and does, as it stands on the left at this moment. */
export function LiveCharter({ community, charter, matter, findings, onGo }: LiveCharterProps) {
  const t = useT(charters)
  const words = useWords(charter, community)
  return (
    <Live title={t('live.title')}>
      {findings.length === 0 && <Notice tone="good">{t('lint.good')}</Notice>}
      <Findings findings={findings} onGo={onGo} />
      {words && (
        <>
          <Details summary={t('live.words')} open>
            <RuleWords rules={words.rules.filter((one) => one.matter === matter)} open={matter} />
          </Details>
          {words.changes && (
            <Details summary={t('live.changes', { count: words.changes.length })}>
              <CharterChanges changes={words.changes} />
            </Details>
          )}
          <Details summary={t('live.all')}>
            <RuleWords rules={[...words.rules, { matter: t('change.all'), text: words.common }]} />
          </Details>
          <Details summary={t('try.title')}>
            <TryCharter charter={charter} sizes={words.sizes} matter={matter} />
          </Details>
        </>
      )}
    </Live>
  )
}
