/** Something about the log that is not as it was promised. */
export interface Finding {
  readonly kind:
    | 'edited'
    | 'deleted'
    | 'inserted'
    | 'moved'
    | 'tile'
    | 'checkpoint'
    | 'signature'
    | 'late'
    | 'blob'
    | 'document'
    | 'vote'
    | 'work'
    | 'projection'
  /** A sentence for the person who runs the check. */
  readonly message: string
  /** The event or entry concerned. */
  readonly idx?: number
  readonly stream?: string
  /** The stored field that does not fit, or `leaf.<name>` for one inside the leaf. */
  readonly field?: string
}
