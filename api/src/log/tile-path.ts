/** Number of hashes or entries in a full tile (C2SP tlog-tiles, height 8). */
export const TILE_WIDTH = 256

/** A tile of hashes by its level, or a bundle of entries. */
export interface TileName {
  readonly level: number | 'entries'
  readonly index: number
  /** 256, or less in a partial tile. */
  readonly width: number
}

const threeDigits = (value: number): string => String(value).padStart(3, '0')

/** The file of a tile, e.g. `tile/0/x001/234.p/5`. */
export const tilePath = ({ level, index, width }: TileName): string => {
  let path = threeDigits(index % 1000)
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${threeDigits(rest % 1000)}/${path}`
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The tile a path names; null unless it is spelt the one right way. */
export const parseTilePath = (path: string): TileName | null => {
  const [, level = '', digits = '', width] = PATH.exec(path) ?? []
  const tile: TileName = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replace(/[x/]/g, '')),
    width: width ? Number(width) : TILE_WIDTH,
  }
  // Writing it again catches leading zeroes, `.p/256` and anything else with two spellings.
  return Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null
}

/** Every tile of a tree of `size` leaves that is not full. */
export const partialTiles = (size: number): readonly TileName[] => {
  const tiles: TileName[] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH
    const index = Math.floor(count / TILE_WIDTH)
    if (width === 0) continue
    if (level === 0) tiles.push({ level: 'entries', index, width })
    tiles.push({ level, index, width })
  }
  return tiles
}
