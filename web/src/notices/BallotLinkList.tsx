import { RevokeBallotLinksDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { notices } from '../i18n/areas/notices.ts'
import { useFormat, useLocale, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import type { NoticeViewer } from './NoticesPage.tsx'

/** The links by which somebody could vote as this person, and how to end them. */
export function BallotLinkList({ links }: { readonly links: NoticeViewer['ballotLinks'] }) {
  const t = useT(notices)
  const format = useFormat()
  const { code: language } = useLocale()
  const command = useCommand(RevokeBallotLinksDocument, (data) => data.revokeBallotLinks)
  const revoke = (proposal: string | null) => void command.send({ proposal, language })
  return (
    <Section title={t('links.title')}>
      <p>{t('links.lead')}</p>
      {links.length === 0 && <p>{t('links.none')}</p>}
      <CommandAnswer command={command} />
      <ul>
        {links.map(
          ({ proposal, madeAt }) =>
            proposal && (
              <li key={proposal.id}>
                <Link to={`/decisions/${proposal.id}/ballot`} dir="auto">
                  {proposal.title}
                </Link>
                <br />
                {t('links.row', {
                  made: format.instant(madeAt),
                  until: proposal.closesAt ? format.instant(proposal.closesAt) : '',
                })}
                <ButtonRow>
                  <Button look="danger" busy={command.busy} onClick={() => revoke(proposal.id)}>
                    {t('links.revoke')}
                  </Button>
                </ButtonRow>
              </li>
            ),
        )}
      </ul>
      {links.length > 1 && (
        <ButtonRow>
          <Button look="danger" busy={command.busy} onClick={() => revoke(null)}>
            {t('links.revokeAll')}
          </Button>
        </ButtonRow>
      )}
    </Section>
  )
}
