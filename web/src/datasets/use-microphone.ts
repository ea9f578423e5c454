import { useCallback, useEffect, useRef, useState } from 'react'
import type { HeldRecording } from './kept-recordings.ts'
import {
  type MicrophoneProblem,
  microphoneProblem,
  type Recorder,
  type RecordingForm,
  recordingForm,
} from './microphone.ts'
import { type Session, startSession } from './recording-session.ts'
import type { Recordings } from './use-recordings.ts'

export type Microphone = {
  readonly state: 'ready' | 'asking' | 'speaking' | 'heard'
  readonly problem: MicrophoneProblem | null
  /** False: this browser keeps nothing, so that the page must stay open until all is sent. */
  readonly safe: boolean
  readonly recording: HeldRecording | null
  readonly hear: Recorder['hear']
  readonly start: (prompt: string) => void
  readonly stop: () => void
  /** Throws away what was just heard. */
  readonly discard: () => void
  /** Is content with what was just heard. */
  readonly accept: () => void
}

const silence = { loudness: 0, peak: 0 }

const form = (): RecordingForm | null =>
  typeof MediaRecorder === 'undefined' || !navigator.mediaDevices
    ? null
    : recordingForm((type) => MediaRecorder.isTypeSupported(type))

/** Speaking, listening and keeping, one recording after the other. */
export function useMicrophone(dataset: string, { shelf, reload, use }: Recordings): Microphone {
  const [state, setState] = useState<Microphone['state']>('ready')
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null)
  const [safe, setSafe] = useState(true)
  const [recording, setRecording] = useState<HeldRecording | null>(null)
  const session = useRef<Session | null>(null)
  const stop = useCallback(async () => {
    const heard = await session.current?.finish()
    session.current = null
    if (!heard) return
    setRecording(heard)
    setState('heard')
  }, [])
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    // Leaving the step ends the recording; what was said is on the shelf.
    return () => {
      left.current = true
      void stop()
    }
  }, [stop])
  const hear = useCallback(() => session.current?.hear() ?? silence, [])
  const start = async (prompt: string) => {
    const made = form()
    setProblem(made ? null : 'unsupported')
    if (!made) return
    setState('asking')
    try {
      const onUnsafe = () => setSafe(false)
      session.current = await startSession({
        ...{ form: made, dataset, prompt, shelf },
        ...{ onUnsafe, onLost: stop },
      })
      // The browser may have asked for longer than somebody stayed.
      if (left.current) return await stop()
      setState('speaking')
      // Asked for once somebody has something to lose.
      navigator.storage?.persist?.().catch(() => false)
    } catch (error) {
      setProblem(microphoneProblem(error instanceof DOMException ? error.name : ''))
      setState('ready')
    }
  }
  const leave = async (after: (one: HeldRecording) => void | Promise<void>) => {
    if (recording) await after(recording)
    setRecording(null)
    setState('ready')
    await reload()
  }
  return {
    ...{ state, problem, safe, recording, hear, start, stop },
    discard: () => leave(({ name }) => shelf.remove(name).catch(() => undefined)),
    accept: () => leave(use),
  }
}
