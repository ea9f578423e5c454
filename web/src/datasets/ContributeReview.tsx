import { contribute } from '../i18n/areas/contribute.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Details, Facts } from '../ui/Page.tsx'
import { DataText } from '../ui/Text.tsx'
import { type ContributeDraft, evidenceIn } from './contribute-draft.ts'
import { totalsOf, type UploadQueue } from './upload-queue.ts'

interface ContributeReviewProps {
  readonly draft: ContributeDraft
  readonly queue: UploadQueue
}

export function ContributeReview({ draft, queue }: ContributeReviewProps) {
  const t = useT(contribute)
  const words = useT(shared)
  const format = useFormat()
  const { files, bytes } = totalsOf(queue)
  const minors = draft.minors === 'yes' ? t('consent.minors.yes') : t('consent.minors.no')
  return (
    <>
      <p>{t('review.lead')}</p>
      <Facts
        facts={[
          [t('review.dataset'), <DataText key="dataset">{draft.title}</DataText>],
          [t('review.files'), t('review.filesText', { count: files, size: format.size(bytes) })],
          [t('review.basis'), t.code('basis', draft.basis)],
          [t('review.scope'), <DataText key="scope">{draft.scope}</DataText>],
          [t('review.maxStage'), words.code('stage', draft.maxStage)],
          [t('review.evidence'), <DataText key="evidence">{draft.evidence}</DataText>],
          [
            t('review.evidenceFiles'),
            evidenceIn(draft)
              .map(({ name }) => name)
              .join(', ') || '–',
          ],
          [t('review.minors'), minors],
          [t('review.speakers'), draft.speakers.map(({ name }) => name).join(', ') || '–'],
        ]}
      />
      <Details summary={t('files.list')}>
        <ul>
          {queue.items.map(({ path, size }) => (
            <li key={path} dir="auto">
              {path} ({format.size(size)})
            </li>
          ))}
        </ul>
      </Details>
    </>
  )
}
