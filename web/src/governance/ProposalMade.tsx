import type { ReactNode } from 'react'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { useNewHeading } from '../ui/use-new-heading.ts'

interface ProposalMadeProps {
  readonly proposal: string
  readonly title: string
  readonly text: string
  readonly toVote: string
  /** Further ways on. */
  readonly children?: ReactNode
}

/** What was proposed is before the council: where it is voted on. */
export function ProposalMade({ proposal, title, text, toVote, children }: ProposalMadeProps) {
  useNewHeading()
  return (
    <Page title={title} lead={text} narrow>
      <ButtonRow>
        <ButtonLink to={`/decisions/${proposal}/ballot`} look="primary">
          {toVote}
        </ButtonLink>
        {children}
      </ButtonRow>
    </Page>
  )
}
