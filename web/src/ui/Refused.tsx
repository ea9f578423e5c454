import { Notice } from './Notice.tsx'

interface RefusedProps {
  /** The refusal as the registry gave it. */
  readonly refused: {
    readonly message: string
    readonly reasons?: readonly { readonly clause: string; readonly text: string }[]
  }
}

/** Why the answer is no, clause by clause. Read out when it appears. */
export function Refused({ refused }: RefusedProps) {
  const reasons = refused.reasons ?? []
  return (
    <Notice tone="bad" title={refused.message} live>
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ clause, text }) => (
            <li key={`${clause} ${text}`} dir="auto">
              {text}{' '}
              {clause.includes('#') && <code>{clause.slice(clause.lastIndexOf('#') + 1)}</code>}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
