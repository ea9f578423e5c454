import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Details } from '../ui/Page.tsx'

export interface MatterWords {
  readonly matter: string
  readonly text: readonly string[]
}

interface RuleWordsProps {
  readonly rules: readonly MatterWords[]
  /** The matter that stands open. */
  readonly open?: string
}

/** How each matter is decided, in the sentences the kernel makes of its rule. */
export function RuleWords({ rules, open }: RuleWordsProps) {
  const t = useT(communities)
  return rules.map(({ matter, text }) => (
    <Details
      key={`${matter} ${matter === open}`}
      summary={t.code('matter', matter)}
      open={matter === open}
    >
      <ul>
        {text.map((sentence) => (
          <li key={sentence} dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
    </Details>
  ))
}
