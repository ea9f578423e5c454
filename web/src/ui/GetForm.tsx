import type { FormEvent, ReactNode } from 'react'
import { useNavigate } from './router.tsx'

interface GetFormProps {
  readonly id?: string
  readonly action: string
  readonly className?: string
  readonly role?: 'search'
  /** Part of the page to come to, e.g. `answer`. */
  readonly anchor?: string
  readonly children: ReactNode
}

/** A form whose answers become the address. Without a script the browser does the same by itself. */
export function GetForm({ id, action, className, role, anchor, children }: GetFormProps) {
  const navigate = useNavigate()
  const target = anchor ? `#${anchor}` : ''
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const params = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value.trim() !== '') params.append(name, value.trim())
    }
    void navigate(`${action}?${params}${target}`)
  }
  return (
    <form
      id={id}
      method="get"
      action={action + target}
      className={className}
      role={role}
      onSubmit={submit}
    >
      {children}
    </form>
  )
}
