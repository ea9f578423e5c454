import { useObjectUrl } from './use-object-url.ts'

interface SoundPlayerProps {
  readonly sound: Blob
  readonly label: string
}

/** Plays what is only on this device. */
export function SoundPlayer({ sound, label }: SoundPlayerProps) {
  const address = useObjectUrl(sound)
  if (!address) return null
  return (
    <audio controls src={address} aria-label={label}>
      {/* Nobody has written down yet what was just said. */}
      <track kind="captions" />
    </audio>
  )
}
