import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag, type Tone } from '../ui/Notice.tsx'
import css from './Builder.module.css'

/** A claim as it is shown: what is claimed, what the proof says, and what shows it. */
export interface ShownClaim {
  readonly id: string
  readonly text: string
  /** Null: the licence was too large to decide it, which is no proof. */
  readonly holds: boolean | null
  /** A request that the claim rules out and the licence permits, in words. */
  readonly counterexample: string | null
  /** enumeration or solver. */
  readonly method: string
  /** How many requests the licence can tell apart within the claim. */
  readonly states: number
}

const tones = { true: 'good', false: 'bad', null: 'wait' } as const satisfies Record<string, Tone>

const howFound = ({ method }: ShownClaim) =>
  method === 'solver' ? 'claim.solver' : 'claim.enumeration'

interface ClaimListProps {
  readonly claims: readonly ShownClaim[]
  /** What can be done with a claim. */
  readonly beside?: (claim: ShownClaim) => React.ReactNode
}

/** What the community wants to be sure of, and whether it is so. */
export function ClaimList({ claims, beside }: ClaimListProps) {
  const t = useT(licences)
  return (
    <ul className={css.list}>
      {claims.map((claim) => (
        <li key={claim.id}>
          <p>
            <Tag tone={tones[`${claim.holds}`]}>{t(`claim.${claim.holds}`)}</Tag>{' '}
            <span dir="auto">{claim.text}</span> {beside?.(claim)}
          </p>
          <p className={css.why}>{t(howFound(claim), { count: claim.states })}</p>
          {claim.counterexample && (
            <p className={css.why}>
              {t('claim.counterexample')} <span dir="auto">{claim.counterexample}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
