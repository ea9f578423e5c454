/** A parameter of an address as text: a repeated one is joined as the path it was cut from. */
export const text = (value: unknown): string =>
  Array.isArray(value) ? value.join('/') : typeof value === 'string' ? value : ''
