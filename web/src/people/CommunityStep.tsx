import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { TextArea, TextField } from '../ui/Field.tsx'
import type { StepProps } from './SetUpStepFields.tsx'
import { slugOf } from './set-up-draft.ts'

export function CommunityStep({ draft, onChange, error }: StepProps) {
  const t = useT(setUp)
  const rename = (name: string) => {
    // The address follows the name until somebody gives it one of its own.
    const follows = draft.slug === '' || draft.slug === slugOf(draft.name)
    onChange(follows ? { name, slug: slugOf(name) } : { name })
  }
  return (
    <>
      <TextField
        id="name"
        label={t('community.name')}
        value={draft.name}
        error={error('name')}
        onChange={(event) => rename(event.currentTarget.value)}
      />
      <TextField
        id="slug"
        dir="ltr"
        label={t('community.slug')}
        hint={t('community.slug.help', { example: `/communities/${draft.slug || '…'}` })}
        value={draft.slug}
        error={error('slug')}
        onChange={(event) => onChange({ slug: event.currentTarget.value.toLowerCase() })}
      />
      <TextArea
        id="description"
        label={t('community.description')}
        hint={t('community.description.help')}
        value={draft.description}
        error={error('description')}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  )
}
