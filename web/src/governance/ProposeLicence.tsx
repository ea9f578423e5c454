import { useMemo } from 'react'
import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { LicencePreview } from '../licences/LicencePreview.tsx'
import { SelectField, TextArea } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

export function ProposeLicence({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const replace = (id: string) => {
    const licence = community.licences.find((one) => one.id === id)
    // Words of one's own are never written over.
    const untouched = draft.document.trim() === ''
    onChange(
      licence && untouched
        ? { replaces: id, document: JSON.stringify(licence.document, null, 2) }
        : { replaces: id },
    )
  }
  return (
    <>
      <p>
        <Link to={`/communities/${community.slug}/licences/new`}>{t('licence.build')}</Link>
      </p>
      <SelectField
        label={t('field.replaces')}
        empty={t('field.replacesNone')}
        choices={community.licences.map(({ id, title, version }) => ({
          value: id,
          label: `${title} (${version})`,
        }))}
        value={draft.replaces}
        onChange={(event) => replace(event.currentTarget.value)}
      />
      <TextArea
        id="document"
        dir="ltr"
        spellCheck={false}
        label={t('field.document')}
        hint={t('field.document.help')}
        rows={16}
        value={draft.document}
        error={error('document')}
        onChange={(event) => onChange({ document: event.currentTarget.value })}
      />
      {draft.document.trim() !== '' && <TypedLicence text={draft.document} />}
    </>
  )
}

function TypedLicence({ text }: { readonly text: string }) {
  const t = useT(propose)
  const read = useMemo(() => parsed(text), [text])
  return (
    <section aria-live="polite">
      <h3>{t('licence.words')}</h3>
      {'message' in read ? (
        <Notice tone="bad">
          <p>{t('licence.notJson', { message: read.message })}</p>
        </Notice>
      ) : (
        <LicencePreview document={read.document} />
      )}
    </section>
  )
}

function parsed(text: string): { readonly document: unknown } | { readonly message: string } {
  try {
    return { document: JSON.parse(text) }
  } catch (cause) {
    return { message: cause instanceof Error ? cause.message : String(cause) }
  }
}
