import { useContext } from 'react'
import { ReportContext } from './head.ts'
import { Navigate } from './router.tsx'

/** Sends the reader to another page: by status on the server, by history in the browser. */
export function Redirect({ to }: { readonly to: string }) {
  const report = useContext(ReportContext)
  if (report) {
    report.location = to
    return null
  }
  return <Navigate to={to} replace />
}
