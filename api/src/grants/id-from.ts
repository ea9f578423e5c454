import { hash } from 'node:crypto'

// 80 bits, as in every other id.
const DIGITS = 20

/** The id of what a command makes: the same command always names the same thing. */
export const idFrom = (prefix: string, cmd: string): string =>
  `${prefix}_${hash('sha256', `${prefix}:${cmd}`).slice(0, DIGITS)}`
