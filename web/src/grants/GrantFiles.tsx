import { useEffect, useState } from 'react'
import type { OwnGrantFragment } from '../graphql/generated.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { CopiesNotice } from './CopiesNotice.tsx'
import css from './Grants.module.css'
import { checksumLine, curlLine } from './grant-page.ts'

/** The files a grant opens: a plain link each, its cost in bytes, its fingerprint to check. */
export function GrantFiles({ grant }: { readonly grant: OwnGrantFragment }) {
  const t = useT(grants)
  const format = useFormat()
  if (grant.state !== 'active' || !grant.version) {
    return (
      <Notice tone="note">
        <p>{t('files.closed')}</p>
      </Notice>
    )
  }
  const { version, totalSize, files } = grant.version
  const { fingerprint, dataset } = grant
  // The digests here are of the whole files; those of a copy are its holder's own.
  const digestHead = fingerprint ? [] : [t('files.sha256')]
  return (
    <>
      <h3>{t('files.title')}</h3>
      <CopiesNotice dataset={dataset.id} fingerprint={fingerprint} said="granted" />
      <p>{t('files.cost', { size: format.size(totalSize) })}</p>
      {fingerprint && (
        <p>
          <a href={`/datasets/${dataset.id}/versions/${version}/SHA256SUMS`} download>
            {t('copies.sums')}
          </a>
        </p>
      )}
      <Table
        caption={t('files.caption', { version, size: format.size(totalSize) })}
        head={[t('files.path'), t('files.size'), t('files.download'), ...digestHead]}
        rows={files.map((file) => ({
          key: file.path,
          cells: [
            <span key="path" dir="auto">
              {file.path}
            </span>,
            format.size(file.size),
            <a
              key="url"
              className={css.download}
              href={file.url}
              download
              aria-label={t('files.downloadLabel', {
                path: file.path,
                size: format.size(file.size),
              })}
            >
              {t('files.download')}
            </a>,
            ...(fingerprint
              ? []
              : [
                  <code key="sha256" className={css.hash}>
                    {file.sha256}
                  </code>,
                ]),
          ],
        }))}
      />
      <Terminal files={files} checked={!fingerprint} />
    </>
  )
}

function Terminal({
  files,
  checked,
}: {
  readonly files: NonNullable<OwnGrantFragment['version']>['files']
  /** Their digests are those of what is downloaded. */
  readonly checked: boolean
}) {
  const t = useT(grants)
  // The address of this server is known to the browser only.
  const [origin, setOrigin] = useState('')
  useEffect(() => setOrigin(window.location.origin), [])
  if (!origin) return null
  const lines = files.map((file) =>
    [curlLine(file, origin), ...(checked ? [checksumLine(file)] : [])].join('\n'),
  )
  return (
    <Details summary={t('terminal.title')}>
      <p>
        {t('terminal.text')} <Link to="/account">{t('terminal.token')}</Link>
      </p>
      <Copy label={t('terminal.check')} value={lines.join('\n')} rows={6} />
    </Details>
  )
}
