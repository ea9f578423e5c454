import type { Store } from './catalogue.ts'
import type { Committer } from './commit.ts'
import type { Batch, Cursors } from './cursors.ts'
import type { Doc } from './values.ts'

/** All that a command may touch. */
export interface Engine {
  readonly store: Store
  readonly committer: Committer
  readonly cursors: Cursors
}

export type Reply = Doc | Batch

export interface Command {
  readonly options: ReadonlySet<string>
  readonly run: (engine: Engine, command: Doc) => Reply | Promise<Reply>
}
