import { encode } from 'uqr'
import { type Html, html } from './html.ts'

/** Runs of dark modules of one row, as relative moves of an SVG path: a tenth of a square for each. */
const rowPath = (row: readonly boolean[], y: number): string => {
  const runs: string[] = []
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue
    const from = x
    while (row[x + 1]) x += 1
    runs.push(`M${from} ${y}h${x - from + 1}v1H${from}z`)
  }
  return runs.join('')
}

/** A QR code (ISO/IEC 18004) as one inline path, small enough for a page that has to be small. */
export const qrCode = (text: string, label: string): Html => {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.map(rowPath).join('')
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`
}
