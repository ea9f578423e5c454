/** Strands held together by a ring: abstract, and nobody's sign. */
export function Mark() {
  return (
    <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
      <g fill="none" strokeWidth="3" strokeLinecap="round">
        <path d="M8 33C8 20 14 16 20 16s12-4 12-13" stroke="var(--accent)" />
        <path d="M20 37V3" stroke="var(--gold)" />
        <path d="M32 33c0-13-6-17-12-17S8 12 8 3" stroke="var(--clay)" />
        <circle cx="20" cy="16" r="6.5" fill="var(--ground)" stroke="var(--ink)" />
      </g>
    </svg>
  )
}
