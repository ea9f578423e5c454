import { MarkNoticesReadDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { notices } from '../i18n/areas/notices.ts'
import { useFormat, useLocale, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import type { NoticeViewer } from './NoticesPage.tsx'

const MAIL = { sent: 'mail.sent', waiting: 'mail.waiting', failed: 'mail.failed' } as const

const isMail = (state: string | null): state is keyof typeof MAIL =>
  state !== null && Object.hasOwn(MAIL, state)

type One = NoticeViewer['notices'][number]

function Row({ notice: { title, path, at, read, mail } }: { readonly notice: One }) {
  const t = useT(notices)
  const format = useFormat()
  return (
    <li>
      {!read && <Tag tone="wait">{t('list.new')}</Tag>}{' '}
      <Link to={path} dir="auto">
        {title}
      </Link>
      <br />
      {format.instant(at)}
      {isMail(mail) && ` · ${t(MAIL[mail])}`}
    </li>
  )
}

/** Newest first, each with the way to what it is about. */
export function NoticeList({ viewer }: { readonly viewer: NoticeViewer }) {
  const t = useT(notices)
  const { code: language } = useLocale()
  const command = useCommand(MarkNoticesReadDocument, (data) => data.markNoticesRead)
  return (
    <Section title={t('list.title')}>
      {viewer.notices.length === 0 && <p>{t('list.none')}</p>}
      <ul>
        {viewer.notices.map((notice) => (
          <Row key={notice.id} notice={notice} />
        ))}
      </ul>
      {viewer.unreadNotices > 0 && (
        <>
          <p>{t('list.unread', { count: viewer.unreadNotices })}</p>
          <CommandAnswer command={command} />
          <ButtonRow>
            <Button busy={command.busy} onClick={() => void command.send({ language, ids: null })}>
              {t('list.allRead')}
            </Button>
          </ButtonRow>
        </>
      )}
    </Section>
  )
}
