import { useEffect, useState } from 'react'

/** An address for bytes that only this page has; null until there is one. */
export function useObjectUrl(bytes: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(bytes)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return address
}
