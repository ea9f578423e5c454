import { type ReactNode, useId, useRef } from 'react'
import { useArrival } from './arrival.ts'
import { classes } from './classes.ts'
import { type Head, useHead } from './head.ts'
import css from './Page.module.css'

interface PageProps extends Omit<Head, 'title'> {
  /** Heading of the page and title of the window. */
  readonly title: string
  /** Language of the title when it is data (BCP 47). */
  readonly lang?: string
  /** One sentence under the heading. */
  readonly lead?: ReactNode
  /** A line above the heading: where this page belongs. */
  readonly above?: ReactNode
  readonly narrow?: boolean
  readonly children?: ReactNode
}

// A sentence can stand large; a paragraph reads better at the size of text.
const isLong = (lead: ReactNode): boolean => typeof lead === 'string' && lead.length > 180

/** The frame of every page: heading, title, description, and the width of the text. */
export function Page({ title, lang, lead, above, narrow, children, ...head }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useHead({ title, ...head })
  useArrival(heading)
  return (
    <div className={classes(css.page, narrow && css.narrow)}>
      <header className={css.head}>
        {above && <div className={css.above}>{above}</div>}
        <h1 ref={heading} lang={lang} dir="auto" tabIndex={-1}>
          {title}
        </h1>
        {lead && (
          <p className={classes(css.lead, isLong(lead) && css.long)} dir="auto">
            {lead}
          </p>
        )}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly id?: string
}

/** A part of a page under its own second-level heading. */
export function Section({ title, id, children }: SectionProps) {
  const own = useId()
  return (
    <section className={css.section} id={id} aria-labelledby={own}>
      <h2 id={own}>{title}</h2>
      {children}
    </section>
  )
}

export function Card({ children }: { readonly children: ReactNode }) {
  return <div className={css.card}>{children}</div>
}

/** Main text and, beside it on a wide screen, what belongs to it. */
export function Columns({ main, aside }: { readonly main: ReactNode; readonly aside: ReactNode }) {
  return (
    <div className={css.columns}>
      <div>{main}</div>
      <aside>{aside}</aside>
    </div>
  )
}

interface FactsProps {
  readonly facts: readonly (
    | readonly [name: string, value: ReactNode]
    | false
    | ''
    | null
    | undefined
  )[]
  readonly stacked?: boolean
}

/** Names and values; empty lines are left out. */
export function Facts({ facts, stacked }: FactsProps) {
  const shown = facts.filter((fact) => !!fact)
  return (
    <dl className={classes(css.facts, stacked && css.stacked)}>
      {shown.map(([name, value]) => (
        <FactLine key={name} name={name} value={value} />
      ))}
    </dl>
  )
}

function FactLine({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

// A box that scrolls has to take the focus, or the keyboard cannot scroll it (WCAG 2.1.1).
const scrollable = { tabIndex: 0 }

interface TableProps {
  readonly caption: ReactNode
  /** Names of the columns; on a narrow screen each stands before its cell. */
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table that scrolls sideways by itself, also with the keyboard. */
export function Table({ caption, head, rows }: TableProps) {
  const id = useId()
  return (
    <section className={css.scroll} aria-labelledby={id} {...scrollable}>
      <table>
        <caption id={id}>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={`${key} ${String(index)}`} data-label={head[index]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Something most readers can skip; opens without a script. */
export function Details({
  summary,
  children,
  open,
}: {
  readonly summary: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
}) {
  return (
    <details className={css.details} open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
