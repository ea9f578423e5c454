/** A fingerprinted copy of a file, made for one person; it can be made again at any time. */
export interface Copy {
  readonly id: string
  /** SHA-256 of the file it is a copy of, in 64 hexadecimal digits. */
  readonly of: string
  /** Its own, or that of the file where nothing is withheld from it. */
  readonly sha256: string
  readonly size: number
  /** By the system clock, epoch ms. */
  readonly madeAt: number
}

/** Which copies there are; their bytes lie with all other files. */
export interface CopyStore {
  copy(id: string): Promise<Copy | null>
  /** Made twice at once it is the same copy. */
  add(copy: Copy): Promise<void>
  copiesOf(sha256: string): Promise<readonly Copy[]>
  all(): Promise<readonly Copy[]>
  remove(id: string): Promise<void>
}
