import type { ReactNode } from 'react'
import { useFormat } from '../i18n/use-t.ts'

interface DataTextProps {
  /** BCP 47 tag of the text, when known. */
  readonly lang?: string
  readonly children: ReactNode
}

/** Words that people wrote: in their language and in its direction. */
export function DataText({ lang, children }: DataTextProps) {
  return (
    <span lang={lang} dir="auto">
      {children}
    </span>
  )
}

/** Paragraphs that people wrote; an empty line starts a new one. */
export function DataParagraphs({ lang, text }: { readonly lang?: string; readonly text: string }) {
  return text.split(/\n\s*\n/).map((paragraph) => (
    <p key={paragraph} lang={lang} dir="auto">
      {paragraph}
    </p>
  ))
}

export function Day({ iso }: { readonly iso: string }) {
  const format = useFormat()
  return <time dateTime={iso}>{format.day(iso)}</time>
}

/** Day and time in UTC; with `now` also how far away it is. */
export function Instant({ iso, now }: { readonly iso: string; readonly now?: string }) {
  const format = useFormat()
  return (
    <time dateTime={iso}>
      {format.instant(iso)}
      {now && ` (${format.distance(iso, now)})`}
    </time>
  )
}

/** A digest, cut for the eye; whole for copying and for machines. */
export function Digest({ value }: { readonly value: string }) {
  const bare = value.replace(/^sha256[-:]/, '')
  return (
    <code title={value}>
      {bare.slice(0, 12)}
      <span className="visually-hidden">{bare.slice(12)}</span>…
    </code>
  )
}
