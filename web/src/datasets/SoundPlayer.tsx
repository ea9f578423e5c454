import { useEffect, useState } from 'react'

interface SoundPlayerProps {
  readonly sound: Blob
  readonly label: string
}

/** Plays what is only on this device. */
export function SoundPlayer({ sound, label }: SoundPlayerProps) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(sound)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [sound])
  if (!address) return null
  return (
    <audio controls src={address} aria-label={label}>
      {/* Nobody has written down yet what was just said. */}
      <track kind="captions" />
    </audio>
  )
}
