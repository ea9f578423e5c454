import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { timeLeft } from './ballot-page.ts'

interface TimeLeftProps {
  readonly now: string
  readonly until: string
}

export function TimeLeft({ now, until }: TimeLeftProps) {
  const t = useT(ballot)
  const left = timeLeft(now, until)
  return left && <strong>({t(`left.${left.unit}`, { count: left.count })})</strong>
}
