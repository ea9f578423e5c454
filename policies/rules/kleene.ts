/** Three truth values (Kleene): and is the minimum, or the maximum, not the negative. */
export const YES = 1
export const UNKNOWN = 0
export const NO = -1
export type Kleene = typeof YES | typeof UNKNOWN | typeof NO
