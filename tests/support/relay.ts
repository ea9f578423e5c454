import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** An e-mail as a relay got it. */
export interface Relayed {
  readonly to: readonly string[]
  readonly raw: string
  /** A header, unfolded; empty when there is none. */
  readonly header: (name: string) => string
}

export interface Relay {
  readonly url: string
  readonly mails: Relayed[]
  /** How many of the next e-mails are turned away for now. */
  refuse: (count: number) => void
  readonly close: () => Promise<void>
}

const headerOf = (raw: string) => (name: string) => {
  const [head = ''] = raw.split('\r\n\r\n')
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const found = lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return found?.slice(name.length + 1).trim() ?? ''
}

/** A relay on a port of its own that keeps what it gets and sends nothing on. */
export const startRelay = async (): Promise<Relay> => {
  const mails: Relayed[] = []
  let refusing = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, { envelope }, done) => {
      void text(stream).then((raw) => {
        if (refusing > 0) {
          refusing -= 1
          return done(Object.assign(new Error('try again later'), { responseCode: 451 }))
        }
        const to = envelope.rcptTo.map(({ address }) => address)
        mails.push({ to, raw, header: headerOf(raw) })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (count) => {
      refusing = count
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
