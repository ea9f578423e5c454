/** What is wrong with the content of a file, in words for the one who sent it. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}
