/** Four strands woven over and under: abstract, and nobody's sign. */
export function Mark() {
  return (
    <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
      <g fill="none" strokeWidth="6" strokeLinecap="round">
        <path d="M5 13h30" stroke="var(--gold)" />
        <path d="M5 27h30" stroke="var(--clay)" />
        <path d="M13 5v17" stroke="var(--surface)" strokeWidth="10" strokeLinecap="butt" />
        <path d="M27 18v17" stroke="var(--surface)" strokeWidth="10" strokeLinecap="butt" />
        <path d="M13 5v30M27 5v30" stroke="var(--accent)" />
        <path d="M22 13h10M8 27h10" stroke="var(--surface)" strokeWidth="10" strokeLinecap="butt" />
        <path d="M20 13h15" stroke="var(--gold)" />
        <path d="M5 27h15" stroke="var(--clay)" />
      </g>
    </svg>
  )
}
