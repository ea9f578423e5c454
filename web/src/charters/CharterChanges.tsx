import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import css from './Charters.module.css'

/** A change as the registry sends it, or as the kernel finds it in the browser. */
export interface ChangeWords {
  /** null: what holds for all matters. */
  readonly matter: string | null
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

interface SentencesProps {
  readonly name: string
  readonly tone: 'removed' | 'added'
  readonly sentences: readonly string[]
}

function Sentences({ name, tone, sentences }: SentencesProps) {
  if (sentences.length === 0) return null
  return (
    <div className={css[tone]}>
      <p className={css.tone}>{name}</p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence} dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What a charter changes, matter by matter, in the sentences that people vote by. */
export function CharterChanges({ changes }: { readonly changes: readonly ChangeWords[] }) {
  const t = useT(charters)
  const words = useT(communities)
  if (changes.length === 0) return <p>{t('change.none')}</p>
  return changes.map(({ matter, removed, added }) => (
    <section key={matter ?? ''} className={css.change}>
      <h4>{matter ? words.code('matter', matter) : t('change.all')}</h4>
      <Sentences
        name={t(added.length === 0 ? 'change.onlyRemoved' : 'change.removed')}
        tone="removed"
        sentences={removed}
      />
      <Sentences
        name={t(removed.length === 0 ? 'change.onlyAdded' : 'change.added')}
        tone="added"
        sentences={added}
      />
    </section>
  ))
}
