/**
 * What people have to be written whatever else they want to hear. It holds no secret: the link is
 * made as the letter is sent.
 */
export type PeopleLetter =
  | { readonly kind: 'verify' | 'reset'; readonly account: string }
  | { readonly kind: 'invitation'; readonly invitation: string }

/** Queues a letter, durably. */
export type PostLetter = (letter: PeopleLetter) => Promise<void>
