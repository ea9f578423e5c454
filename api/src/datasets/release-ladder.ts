/** What each rung of the release ladder lets out, from 0 to 5. */
export const RUNGS = [
  'sealed: nobody outside the stewards and the council knows of it',
  'description only: anyone can read what it is, no byte leaves',
  'sample: a few pieces can be seen on this site',
  'query: it can be searched and counted here, no file leaves',
  'named download: people with a grant of their own may download',
  'class-wide download: everyone whom the licence permits may download',
] as const

export const isRung = (stage: number): boolean =>
  Number.isInteger(stage) && stage >= 0 && stage < RUNGS.length

/** The rung in words. */
export const sayRung = (stage: number): string => RUNGS[stage] ?? RUNGS[0]
