import { useEffect, useRef, useState } from 'react'
import type { DraftEvidence } from './contribute-draft.ts'
import { tusTransport } from './tus-transport.ts'
import type { UploadProblem } from './upload-queue.ts'
import type { Transfer } from './uploader.ts'

/** Said before a byte is sent; the registry takes no more. */
const mostBytes = 10 * 1024 * 1024

export type EvidenceSending = {
  readonly sent: number
  readonly problem: UploadProblem | null
}

/** Sends one form or recording; while it is on its way the draft holds its name alone. */
export function useEvidence(onChange: (file: DraftEvidence | null) => void) {
  const [sending, setSending] = useState<EvidenceSending | null>(null)
  const transfer = useRef<Transfer>(undefined)
  // Other fields may have been filled in while it was sent.
  const latest = useRef(onChange)
  latest.current = onChange
  const stop = () => {
    transfer.current?.stop()
    transfer.current = undefined
    setSending(null)
  }
  useEffect(() => () => transfer.current?.stop(), [])
  const send = (file: File) => {
    stop()
    const { name, size } = file
    latest.current({ name, size, upload: null })
    if (size > mostBytes) return setSending({ sent: 0, problem: 'too-large' })
    setSending({ sent: 0, problem: null })
    // Phones name what they take themselves, people by who it is of: neither name is needed.
    transfer.current = tusTransport(file, 'evidence', {
      progress: (sent) => setSending({ sent, problem: null }),
      fail: (problem) => setSending({ sent: 0, problem }),
      finish: (upload) => {
        setSending(null)
        latest.current({ name, size, upload })
      },
    })
  }
  const remove = () => {
    stop()
    latest.current(null)
  }
  return { sending, send, remove }
}
