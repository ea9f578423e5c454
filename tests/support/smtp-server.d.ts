/** The part of smtp-server 3.21.6 (MIT-0) that the tests use; it ships no types. */
declare module 'smtp-server' {
  import type { AddressInfo, Server } from 'node:net'
  import type { Readable } from 'node:stream'

  interface Session {
    readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] }
  }
  type Done = (error?: (Error & { responseCode?: number }) | null) => void

  export class SMTPServer {
    constructor(options: {
      readonly authOptional: boolean
      readonly disabledCommands: readonly string[]
      readonly onData: (stream: Readable, session: Session, done: Done) => void
    })
    readonly server: Server & { address(): AddressInfo | string | null }
    listen(port: number, host: string, ready: () => void): void
    close(done: () => void): void
  }
}
