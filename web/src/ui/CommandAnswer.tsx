import { saidByRegistry } from '../graphql/hooks.ts'
import type { Refusal } from '../graphql/use-command.ts'
import { forms } from '../i18n/areas/forms.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from './Notice.tsx'
import { Refused } from './Refused.tsx'
import { Link, useLocation } from './router.tsx'
import { signInPath } from './State.tsx'

interface CommandAnswerProps {
  readonly command: { readonly refused: Refusal | null; readonly error: string | undefined }
}

/** Why a change did not happen: refused with its reasons, or lost on the way. */
export function CommandAnswer({ command: { refused, error } }: CommandAnswerProps) {
  const t = useT(forms)
  const states = useT(shared)
  const { pathname, search } = useLocation()
  if (refused) {
    return (
      <>
        <Refused refused={refused} />
        {refused.code === 'SIGN_IN' && (
          <p>
            <Link to={signInPath(pathname + search)}>{states('state.signIn')}</Link>
          </p>
        )}
      </>
    )
  }
  if (!error) return null
  const said = saidByRegistry(error)
  return (
    <Notice tone="bad" title={t('fault.title')} live>
      <p>{t('fault.text')}</p>
      {said && <p dir="auto">{said}</p>}
    </Notice>
  )
}
