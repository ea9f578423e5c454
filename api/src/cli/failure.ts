/** What the command ends with, for scripts. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3, damaged: 4 } as const

/** Something a careful person can meet, told in a line, with the code the command ends with. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: number
  constructor(exit: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exit = exit
  }
}
