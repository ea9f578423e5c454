import { PURPOSES } from '../../../policies/rules/vocabulary.ts'
import { PreviewDocument, type PreviewQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { reading } from '../i18n/areas/reading.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choices.tsx'
import { Field } from '../ui/Field.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Refused } from '../ui/Refused.tsx'
import { Link, useParams, useSearchParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { PreviewSample } from './PreviewSample.tsx'

type Shown = NonNullable<PreviewQuery['dataset']>
type Refusal = NonNullable<PreviewQuery['preview']['refused']>

/** What was declared: it goes with every address that asks again. An empty choice says nothing. */
const saidIn = (params: URLSearchParams): URLSearchParams =>
  new URLSearchParams(
    [...params].filter(([name, value]) => ['purpose', 'promise'].includes(name) && value !== ''),
  )

/** `/datasets/:id/preview`: the beginning of a file, for whoever may look at it. */
export function PreviewPage() {
  const t = useT(reading)
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const said = saidIn(params)
  const { data, error, refetch } = useQuery(PreviewDocument, {
    dataset: id,
    version: params.get('version'),
    path: params.get('file'),
    purposes: said.getAll('purpose'),
    promises: said.getAll('promise'),
  })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { dataset, preview } = data
  if (!dataset) return <NotFound />
  return (
    <Page
      title={t('preview.title')}
      above={
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {dataset.title}
        </Link>
      }
    >
      {preview.refused && <NotShown dataset={dataset} refused={preview.refused} />}
      {preview.preview && (
        <>
          <p>{t('preview.recorded')}</p>
          <PreviewSample preview={preview.preview} said={said} tags={dataset.languages} />
          <OtherFiles dataset={dataset} shown={preview.preview} said={said} />
        </>
      )}
    </Page>
  )
}

interface NotShownProps {
  readonly dataset: Shown
  readonly refused: Refusal
}

/** Why not, and the two ways on: to say what it is for, or to ask the council. */
function NotShown({ dataset: { id }, refused }: NotShownProps) {
  const t = useT(reading)
  const words = useT(shared)
  const [params] = useSearchParams()
  return (
    <>
      <Refused refused={refused} />
      {refused.code === 'PREVIEW_REFUSED' && (
        <Section title={t('preview.purposeTitle')}>
          <GetForm action={`/datasets/${id}/preview`}>
            <Field label={t('preview.purpose')} hint={t('preview.purposeHint')}>
              {(control) => (
                <select name="purpose" defaultValue={params.get('purpose') ?? ''} {...control}>
                  <option value="">{t('preview.noPurpose')}</option>
                  {PURPOSES.map((one) => (
                    <option key={one} value={one}>
                      {words(`purpose.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Checkbox
              name="promise"
              value="attribute"
              label={t('preview.promise')}
              defaultChecked={params.getAll('promise').includes('attribute')}
            />
            <ButtonRow>
              <Button type="submit">{t('preview.look')}</Button>
            </ButtonRow>
          </GetForm>
        </Section>
      )}
      <ButtonRow>
        <ButtonLink to={`/datasets/${id}/request`}>{t('preview.ask')}</ButtonLink>
      </ButtonRow>
    </>
  )
}

interface OtherFilesProps {
  readonly dataset: Shown
  readonly shown: NonNullable<PreviewQuery['preview']['preview']>
  readonly said: URLSearchParams
}

const FILES_NAMED = 100

function OtherFiles({ dataset: { id }, shown, said }: OtherFilesProps) {
  const t = useT(reading)
  const { files, path, version } = shown
  const others = files.filter((one) => one !== path).slice(0, FILES_NAMED)
  if (others.length === 0) return null
  const to = (file: string): string => {
    const params = new URLSearchParams({ version, file })
    for (const [name, value] of said) params.append(name, value)
    return `/datasets/${id}/preview?${params}`
  }
  return (
    <Section title={t('preview.others')}>
      <ul>
        {others.map((file) => (
          <li key={file}>
            <Link to={to(file)} dir="auto">
              {file}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
