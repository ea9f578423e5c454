import { useEffect, useRef } from 'react'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'
import { saveText } from '../ui/save-text.ts'

interface BallotReceiptProps {
  readonly proposal: string
  readonly receipt: string | null
  readonly entry: number | null
}

/** The voter's own proof, to take along: C2SP tlog-proof text. */
export function BallotReceipt({ proposal, receipt, entry }: BallotReceiptProps) {
  const t = useT(ballot)
  const box = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone by now: reading goes on at the proof.
  useEffect(() => {
    box.current?.focus()
  }, [])
  return (
    <Notice tone="good" title={t('receipt.title')} live ref={box}>
      {entry !== null && <p>{t('receipt.text', { entry: String(entry) })}</p>}
      {receipt && <Copy label={t('receipt.label')} value={receipt} rows={6} />}
      <ButtonRow>
        {receipt && (
          <Button onClick={() => saveText(`ballot-${proposal}.tlog-proof`, receipt)}>
            {t('receipt.save')}
          </Button>
        )}
        {entry !== null && <Link to={`/log/entries/${entry}`}>{t('receipt.entry')}</Link>}
      </ButtonRow>
    </Notice>
  )
}
