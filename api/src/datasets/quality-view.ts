import { findingsIn, type Quality } from './quality.ts'

/** A report as it is told: what it gives reason to say, and how long things are. */
export const qualityView = (quality: Quality) => {
  const { files, units, lengths, sounds, seconds } = quality
  return {
    files,
    units,
    lengths: [...lengths],
    sounds,
    shortestSeconds: seconds[0] ?? null,
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    longestSeconds: seconds.at(-1) ?? null,
    findings: [...findingsIn(quality)],
  }
}
