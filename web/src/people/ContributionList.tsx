import { useState } from 'react'
import { type OwnContributionFragment, WithdrawContributionDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { people } from '../i18n/areas/people.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice, Tag } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

interface ContributionListProps {
  readonly contributions: readonly OwnContributionFragment[]
}

export function ContributionList({ contributions }: ContributionListProps) {
  const t = useT(people)
  return (
    <Section title={t('contributions.title')}>
      {contributions.length === 0 && <p>{t('contributions.none')}</p>}
      {contributions.map((contribution) => (
        <ContributionCard key={contribution.id} contribution={contribution} />
      ))}
      <ButtonRow>
        <ButtonLink to="/contribute">{t('contributions.begin')}</ButtonLink>
      </ButtonRow>
    </Section>
  )
}

function ContributionCard({ contribution }: { readonly contribution: OwnContributionFragment }) {
  const t = useT(people)
  const words = useT(shared)
  const format = useFormat()
  const { dataset, files, state, at, consent } = contribution
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return (
    <Card>
      <h3>
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {dataset.title}
        </Link>{' '}
        <Tag>{t.code('contribution', state)}</Tag>
      </h3>
      <p>
        {t('contributions.files', { count: files.length, size: format.size(size) })}
        {' · '}
        {format.day(at)}
        <br />
        {t('contributions.scope', { scope: consent.scope })}
        <br />
        {words.code('stage', String(consent.maxStage))}
      </p>
      <Withdraw contribution={contribution} />
    </Card>
  )
}

function Withdraw({ contribution }: { readonly contribution: OwnContributionFragment }) {
  const t = useT(people)
  const [asking, setAsking] = useState(false)
  const [receipt, setReceipt] = useState<string | null>(null)
  const command = useCommand(WithdrawContributionDocument, (data) => data.withdrawContribution)
  const withdraw = async () => {
    const data = await command.send({ id: contribution.id })
    setAsking(false)
    if (data) setReceipt(data.withdrawContribution.receipt)
  }
  if (receipt) {
    return (
      <Notice tone="good" title={t('contributions.withdrawn')} live>
        <Copy label={t('contributions.receipt')} value={receipt} rows={5} />
      </Notice>
    )
  }
  if (contribution.state === 'withdrawn') return null
  return (
    <>
      <CommandAnswer command={command} />
      <Button
        look="danger"
        aria-label={t('contributions.withdrawLabel', { dataset: contribution.dataset.title })}
        onClick={() => setAsking(true)}
      >
        {t('contributions.withdraw')}
      </Button>
      <Dialog
        open={asking}
        title={t('contributions.withdrawTitle')}
        confirm={t('contributions.withdrawConfirm')}
        danger
        busy={command.busy}
        onConfirm={withdraw}
        onClose={() => setAsking(false)}
      >
        <p>{t('contributions.withdrawText')}</p>
      </Dialog>
    </>
  )
}
