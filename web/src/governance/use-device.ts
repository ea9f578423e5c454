import { useEffect, useState } from 'react'
import type { Device } from './device.ts'
import { forgetDevice, keepDevice, readDevice } from './device-store.ts'

export interface OwnDevice {
  /** undefined: not looked yet. */
  readonly device: Device | null | undefined
  readonly keep: (device: Device) => Promise<void>
  readonly forget: () => Promise<void>
}

/** What this browser signs with in a vote. It stays over a reload. */
export function useDevice(proposal: string): OwnDevice {
  const [device, setDevice] = useState<Device | null>()
  useEffect(() => {
    // A browser that keeps nothing signs nothing: the vote goes on without it.
    readDevice(proposal).then(setDevice, () => setDevice(null))
  }, [proposal])
  return {
    device,
    keep: async (next) => {
      await keepDevice(next)
      setDevice(next)
    },
    forget: async () => {
      await forgetDevice(proposal)
      setDevice(null)
    },
  }
}
