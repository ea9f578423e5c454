import type { ReactNode } from 'react'
import css from '../datasets/Dataset.module.css'
import { datasets } from '../i18n/areas/datasets.ts'
import { useT } from '../i18n/use-t.ts'
import { classes } from '../ui/classes.ts'

export interface Sentence {
  readonly clause: string
  readonly kind: string
  readonly text: string
  /** How the clause is held to, where that is shown. */
  readonly class?: string | null
}

const kinds = ['may', 'mayNot', 'must', 'when', 'council'] as const

const shapes: Record<(typeof kinds)[number], ReactNode> = {
  may: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  mayNot: <path d="M6.5 6.5l11 11m0-11l-11 11" />,
  must: <path d="M12 5v9m0 4v.5" />,
  when: <path d="M12 6v6l4 2.5" />,
  council: <path d="M5 17c1-4 3-5 7-5s6 1 7 5M12 9.5v-.1" />,
}

function Sign({ kind }: { readonly kind: (typeof kinds)[number] }) {
  return (
    <svg className={classes(css.sign, css[kind])} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <g fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
        {shapes[kind]}
      </g>
    </svg>
  )
}

interface Group {
  readonly head: Sentence
  /** Conditions and duties of the permission above. */
  readonly rest: Sentence[]
}

/** The kernel says each permission and then what belongs to it; other sentences stand alone. */
function grouped(summary: readonly Sentence[]): readonly Group[] {
  const groups: Group[] = []
  for (const sentence of summary) {
    const last = groups.at(-1)
    const own = sentence.kind !== 'may' && sentence.kind !== 'mayNot'
    // A sentence about the whole licence has its uid, which names no clause.
    if (own && last?.head.kind === 'may' && sentence.clause.includes('#')) last.rest.push(sentence)
    else groups.push({ head: sentence, rest: [] })
  }
  return groups
}

interface ClausesProps {
  readonly summary: readonly Sentence[]
  /** Level of the headings above each group. */
  readonly level: 'h3' | 'h4'
  /** Where the clause itself stands, when it can be visited. */
  readonly linkTo?: (clause: string) => string
}

type LineProps = Pick<ClausesProps, 'linkTo'> & { readonly sentence: Sentence }

function Line({ sentence: { clause, text }, linkTo }: LineProps) {
  return (
    <span dir="auto">
      {text}{' '}
      {linkTo && clause.includes('#') && (
        <a href={linkTo(clause)}>
          <code>{clause.replace(/^.*#/, '')}</code>
        </a>
      )}
    </span>
  )
}

/** A licence in plain words: what one may and on which terms, what one may not, what people decide. */
export function Clauses({ summary, level: Heading, linkTo }: ClausesProps) {
  const t = useT(datasets)
  const groups = grouped(summary)
  return kinds.map((kind) => {
    const shown = groups.filter(({ head }) => head.kind === kind)
    if (shown.length === 0) return null
    return (
      <div key={kind}>
        <Heading>{t(`clause.${kind}`)}</Heading>
        <ul className={css.clauses}>
          {shown.map(({ head, rest }) => (
            <li key={`${head.clause} ${head.text}`}>
              <Sign kind={kind} />
              <div>
                <Line sentence={head} linkTo={linkTo} />
                {rest.length > 0 && (
                  <ul>
                    {rest.map((sentence) => (
                      <li key={`${sentence.clause} ${sentence.text}`}>
                        <Line sentence={sentence} linkTo={linkTo} />
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            </li>
          ))}
        </ul>
      </div>
    )
  })
}
