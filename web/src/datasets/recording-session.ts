import {
  type HeldRecording,
  holdVoice,
  type KeptRecording,
  type RecordingShelf,
  recordingName,
} from './kept-recordings.ts'
import { type Recorder, type RecordingForm, startRecording } from './microphone.ts'

export type Session = {
  readonly hear: Recorder['hear']
  /** Ends it; the recording is whole and on the shelf. */
  readonly finish: () => Promise<HeldRecording>
}

type SessionOptions = {
  readonly form: RecordingForm
  readonly dataset: string
  readonly prompt: string
  readonly shelf: RecordingShelf
  /** The browser did not keep a piece. */
  readonly onUnsafe: () => void
  readonly onLost: () => void
}

/** Records, and puts every piece on the shelf the moment it is there. */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { form, dataset, prompt, shelf, onUnsafe, onLost } = options
  const at = Date.now()
  const name = recordingName(at, form.ending, crypto.getRandomValues(new Uint8Array(5)))
  const head: KeptRecording = { name, dataset, at, prompt, whole: false }
  const parts: Blob[] = []
  // One after the other: the order of the pieces is the order of the words.
  let shelved = Promise.resolve()
  const shelve = (act: () => Promise<void>) => {
    shelved = shelved.then(act).catch(onUnsafe)
  }
  const recorder = await startRecording(form, {
    part: (part) => {
      parts.push(part)
      shelve(() => shelf.add(name, part))
    },
    lost: onLost,
  })
  const release = holdVoice(navigator.locks, name)
  shelve(() => shelf.begin(head))
  return {
    hear: recorder.hear,
    finish: async () => {
      await recorder.stop()
      const whole = { ...head, whole: true }
      shelve(() => shelf.finish(whole))
      await shelved
      release()
      return { ...whole, sound: new Blob(parts, { type: form.type }) }
    },
  }
}
