import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { Mail } from './compose-mail.ts'
import type { Transport } from './deliver.ts'

const PATIENCE = 20_000
/** Of one letter altogether: a relay that dribbles must not outlast the hold on the letter. */
const LONGEST = 90_000

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  const late = new AbortController()
  const timeout = pause(ms, undefined, { signal: late.signal }).then(
    () => Promise.reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })),
    () => undefined,
  )
  try {
    await Promise.race([work, timeout])
  } finally {
    late.abort()
  }
}

/** The headers by which a mail program offers to end this kind (RFC 2369 and RFC 8058). */
const headersOf = ({ unsubscribe, language }: Mail): Record<string, string> => ({
  'Content-Language': language,
  'Auto-Submitted': 'auto-generated',
  ...(unsubscribe
    ? {
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }
    : {}),
})

/** What nodemailer is given: never a file or an address from which it would fetch something. */
export const messageOf = (mail: Mail, from: string) => ({
  from,
  to: mail.to,
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  messageId: `<${mail.messageId}>`,
  headers: headersOf(mail),
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** A relay that is spoken to by SMTP (RFC 5321); TLS as the address says. */
export const smtpTransport = (url: string, from: string): Transport => {
  const transporter = createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    logger: false,
  })
  return {
    send: (mail) => within(LONGEST, transporter.sendMail(messageOf(mail, from))),
    close: () => transporter.close(),
  }
}
