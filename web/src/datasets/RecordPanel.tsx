import { useEffect, useRef, useState } from 'react'
import { record } from '../i18n/areas/record.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { judgeLoudness, type Loudness } from './microphone.ts'
import css from './Record.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import { type Microphone, useMicrophone } from './use-microphone.ts'
import type { Recordings } from './use-recordings.ts'

interface RecordPanelProps {
  readonly dataset: string
  readonly recordings: Recordings
}

/** Speak, listen, keep or speak again. */
export function RecordPanel({ dataset, recordings }: RecordPanelProps) {
  const t = useT(record)
  const microphone = useMicrophone(dataset, recordings)
  const [prompt, setPrompt] = useState('')
  const { state, problem, safe } = microphone
  return (
    <section className={css.panel} aria-labelledby="record-title">
      <h3 id="record-title">{t('title')}</h3>
      <p>{t('lead')}</p>
      {problem && (
        <Notice tone="bad" title={t(`problem.${problem}`)} live>
          <p>{t(`problem.${problem}.way`)}</p>
        </Notice>
      )}
      {!safe && (
        <Notice tone="wait" live>
          <p>{t('notSafe')}</p>
        </Notice>
      )}
      {state === 'ready' && (
        <TextArea
          id="prompt"
          label={t('prompt')}
          hint={t('prompt.help')}
          rows={3}
          optional
          value={prompt}
          onChange={(event) => setPrompt(event.currentTarget.value)}
        />
      )}
      {state !== 'ready' && prompt.trim() !== '' && (
        <p className={css.prompt} dir="auto">
          {prompt}
        </p>
      )}
      <RecordActs microphone={microphone} prompt={prompt.trim()} />
    </section>
  )
}

interface RecordActsProps {
  readonly microphone: Microphone
  readonly prompt: string
}

function RecordActs({ microphone, prompt }: RecordActsProps) {
  const t = useT(record)
  const { state, recording, start, stop, accept, discard } = microphone
  if (state === 'speaking')
    return (
      <>
        <Level microphone={microphone} />
        <ButtonRow>
          <Button look="primary" large onClick={stop}>
            {t('stop')}
          </Button>
        </ButtonRow>
      </>
    )
  if (state === 'heard' && recording)
    return (
      <>
        <p role="status">{t('heard')}</p>
        <SoundPlayer sound={recording.sound} label={t('listen')} />
        <ButtonRow>
          <Button look="primary" onClick={accept}>
            {t('keep')}
          </Button>
          <Button onClick={discard}>{t('again')}</Button>
        </ButtonRow>
      </>
    )
  return (
    <ButtonRow>
      <Button look="primary" large busy={state === 'asking'} onClick={() => start(prompt)}>
        {t('start')}
      </Button>
    </ButtonRow>
  )
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** How loud it is, as a bar that moves and as a word that rests. */
function Level({ microphone }: { readonly microphone: Microphone }) {
  const t = useT(record)
  const meter = useRef<HTMLMeterElement>(null)
  const { hear } = microphone
  const [seconds, setSeconds] = useState(0)
  const [loudness, setLoudness] = useState<Loudness>('good')
  useEffect(() => {
    const begun = performance.now()
    let most = 0
    let rail = 0
    let told = 0
    const timer = setInterval(() => {
      const heard = hear()
      if (meter.current) meter.current.value = heard.loudness
      most = Math.max(most, heard.loudness)
      rail = Math.max(rail, heard.peak)
      const now = performance.now()
      setSeconds(Math.floor((now - begun) / 1000))
      // Every two seconds at most, or it would be read out without end.
      if (now - told < 2000) return
      setLoudness(judgeLoudness(most, rail))
      told = now
      most = 0
      rail = 0
    }, 60)
    return () => clearInterval(timer)
  }, [hear])
  return (
    <div className={css.level}>
      <p className={css.time}>
        <span className={css.dot} aria-hidden="true" />
        {t('speaking')} <span role="timer">{clock(seconds)}</span>
      </p>
      <meter ref={meter} min={0} max={1} low={0.25} high={0.9} aria-label={t('level')} />
      <p role="status">{t(`loudness.${loudness}`)}</p>
    </div>
  )
}
