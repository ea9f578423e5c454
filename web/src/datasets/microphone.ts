/** Why nothing can be recorded; each has words and a way out. */
export type MicrophoneProblem = 'refused' | 'missing' | 'busy' | 'unsupported'

export type RecordingForm = { readonly type: string; readonly ending: string }

// WebM first: it is what most browsers write, and what the registry was tried with.
const forms: readonly RecordingForm[] = [
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
]

/** A form of sound that this browser records and the registry takes; null when there is none. */
export const recordingForm = (records: (type: string) => boolean): RecordingForm | null =>
  forms.find(({ type }) => records(type)) ?? null

/** What the browser's refusal (W3C Media Capture, section 10.2) means to the person before it. */
export function microphoneProblem(name: string): MicrophoneProblem {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unsupported'
}

/** Loudness between 0 and 1: 0 at −60 dB of full scale and below, 1 at full scale. */
export function loudnessOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const decibels = 10 * Math.log10(Math.max(power, 1e-12))
  return Math.min(1, Math.max(0, 1 + decibels / 60))
}

export type Loudness = 'quiet' | 'good' | 'loud'

/** Loud: so near the rail that samples are cut off. Quiet: the room is as loud as the voice. */
export function judgeLoudness(loudness: number, peak: number): Loudness {
  if (peak >= 0.99) return 'loud'
  return loudness < 0.25 ? 'quiet' : 'good'
}

export type Recorder = {
  /** Ends when the last piece has been handed over. */
  readonly stop: () => Promise<void>
  readonly hear: () => { readonly loudness: number; readonly peak: number }
}

export type RecorderEvents = {
  readonly part: (part: Blob) => void
  /** The microphone went away: it was unplugged, or a call came in. */
  readonly lost: () => void
}

/** Milliseconds of speech that a crash may cost. */
const slice = 2000
// Speech is clear at half of it; a dictionary may need the rest.
const bitsPerSecond = 64_000

/** The voice as it is: what makes calls pleasant takes sounds out that a language needs. */
const constraints = {
  audio: {
    channelCount: 1,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  },
}

const release = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop()
}

/** Asks for the microphone and begins; throws what the browser says when it cannot. */
export async function startRecording(form: RecordingForm, on: RecorderEvents): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia(constraints)
  try {
    return record(stream, form, on)
  } catch (cause) {
    release(stream)
    throw cause
  }
}

function record(stream: MediaStream, { type }: RecordingForm, on: RecorderEvents): Recorder {
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: bitsPerSecond })
  const context = new AudioContext()
  const ear = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(ear)
  const samples = new Float32Array(ear.fftSize)
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) on.part(data)
  }
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  const close = async () => {
    if (recorder.state !== 'inactive') recorder.stop()
    await ended
    release(stream)
    await context.close()
  }
  for (const track of stream.getTracks()) track.onended = on.lost
  recorder.start(slice)
  let closing: Promise<void> | null = null
  return {
    stop: () => {
      closing ??= close()
      return closing
    },
    hear: () => {
      ear.getFloatTimeDomainData(samples)
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      return { loudness: loudnessOf(samples), peak }
    },
  }
}
