import { useState } from 'react'
import { PauseDelegationDocument, type StandingDecisionFragment } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { delegation } from '../i18n/areas/delegation.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Card, Details, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Instant } from '../ui/Text.tsx'
import { DelegatedScope } from './DelegatedScope.tsx'

type Standing = StandingDecisionFragment

interface StandingDecisionsProps {
  readonly slug: string
  readonly all: readonly Standing[]
  readonly isMember: boolean
}

/** What the council has answered beforehand, how often it was used, and how it is stopped. */
export function StandingDecisions({ slug, all, isMember }: StandingDecisionsProps) {
  const t = useT(delegation)
  return (
    <Section title={t('title')} id="standing">
      <p>{all.length === 0 ? t('none') : t('intro')}</p>
      {all.map((one) => (
        <OneDecision key={one.id} one={one} slug={slug} isMember={isMember} />
      ))}
      {isMember && (
        <p>
          <Link to={`/communities/${slug}/propose?kind=delegation`}>{t('propose')}</Link>
        </p>
      )}
    </Section>
  )
}

const TONES = { inForce: 'good', paused: 'wait', charterChanged: 'wait' } as const

interface OneDecisionProps {
  readonly one: Standing
  readonly slug: string
  readonly isMember: boolean
}

function OneDecision({ one, slug, isMember }: OneDecisionProps) {
  const t = useT(delegation)
  const tone = Object.entries(TONES).find(([state]) => state === one.state)?.[1] ?? 'note'
  const runs = one.state === 'inForce' || one.state === 'charterChanged' || one.state === 'paused'
  return (
    <Card>
      <p>
        <Tag tone={tone}>{t.code('state', one.state)}</Tag>{' '}
        {one.used === 0 ? t('used.none') : t('used', { count: one.used })}
      </p>
      <DelegatedScope scope={one.scope} />
      <Uses one={one} />
      <ul>
        <li>
          <Link to={`/decisions/${one.proposal.id}`}>{t('vote')}</Link>
        </li>
        {one.endedBy && (
          <li>
            <Link to={`/decisions/${one.endedBy.id}`}>{t('vote.end')}</Link>
          </li>
        )}
        {isMember && one.state === 'paused' && (
          <li>
            <Link to={`/communities/${slug}/propose?kind=delegationResume&delegation=${one.id}`}>
              {t('resume')}
            </Link>
          </li>
        )}
        {isMember && runs && (
          <li>
            <Link to={`/communities/${slug}/propose?kind=delegationEnd&delegation=${one.id}`}>
              {t('end')}
            </Link>
          </li>
        )}
      </ul>
      {one.viewerCanPause && <Pause id={one.id} />}
    </Card>
  )
}

function Uses({ one }: { readonly one: Standing }) {
  const t = useT(delegation)
  if (one.uses.length === 0) return null
  return (
    <Details summary={t('uses')}>
      <ul>
        {one.uses.map(({ at, version, entry }) => (
          <li key={entry}>
            <Instant iso={at} />
            {' · '}
            {t('use.version', { version })}
            {' · '}
            <Link to={`/log/entries/${entry}`}>{t('use.entry', { entry })}</Link>
          </li>
        ))}
      </ul>
    </Details>
  )
}

function Pause({ id }: { readonly id: string }) {
  const t = useT(delegation)
  const [asking, setAsking] = useState(false)
  const command = useCommand(PauseDelegationDocument, (data) => data.pauseDelegation)
  const pause = async () => {
    await command.send({ delegation: id })
    setAsking(false)
  }
  return (
    <>
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('pause')}
        </Button>
      </ButtonRow>
      <Dialog
        open={asking}
        title={t('pause.title')}
        confirm={t('pause')}
        danger
        busy={command.busy}
        onConfirm={pause}
        onClose={() => setAsking(false)}
      >
        <p>{t('pause.text')}</p>
      </Dialog>
    </>
  )
}
