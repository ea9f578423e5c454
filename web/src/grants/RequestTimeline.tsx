import { request } from '../i18n/areas/request.ts'
import { useT } from '../i18n/use-t.ts'
import { Instant } from '../ui/Text.tsx'
import css from './Grants.module.css'
import type { RequestStatus } from './RequestStatusPage.tsx'
import { timelineOf } from './request-timeline.ts'

interface RequestTimelineProps {
  readonly asked: RequestStatus
  readonly now: string
}

export function RequestTimeline({ asked, now }: RequestTimelineProps) {
  const t = useT(request)
  return (
    <ol className={css.timeline}>
      {timelineOf(asked, now).map(({ key, at, past }) => (
        <li key={key} className={past ? css.past : css.ahead}>
          {t(key)}
          {at && (
            <>
              <br />
              <Instant iso={at} now={past ? undefined : now} />
            </>
          )}
        </li>
      ))}
    </ol>
  )
}
