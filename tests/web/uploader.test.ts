import { describe, expect, it } from 'vitest'
import { isTransient, problemOf, uploadId } from '../../web/src/datasets/tus-transport.ts'
import {
  createUploader,
  pickedFiles,
  type TransferEvents,
  type UploadTransport,
} from '../../web/src/datasets/uploader.ts'

/** A transport that sends nothing by itself: the test says what happens to each transfer. */
function fakeTransport() {
  const started: { path: string; on: TransferEvents; stopped: boolean }[] = []
  const transport: UploadTransport = (_file, path, on) => {
    const entry = { path, on, stopped: false }
    started.push(entry)
    return {
      stop: () => {
        entry.stopped = true
      },
    }
  }
  const last = (path: string) => {
    const entry = started.findLast((one) => one.path === path)
    if (!entry) throw new Error(`nothing was started for ${path}`)
    return entry
  }
  return { transport, started, last }
}

const file = (name: string, text = 'kia ora', lastModified = 1) =>
  new File([text], name, { lastModified })

const ready = (names: readonly string[]) => {
  const fake = fakeTransport()
  const uploader = createUploader({
    transport: fake.transport,
    parallel: 3,
    onChange: () => undefined,
  })
  uploader.add(pickedFiles(names.map((name) => file(name))))
  return { ...fake, uploader }
}

describe('the uploader', () => {
  it('sends nothing until it is started and then at most three at once', () => {
    const { uploader, started } = ready(['a', 'b', 'c', 'd'])
    expect(started).toHaveLength(0)
    uploader.resume()
    expect(started.map(({ path }) => path)).toEqual(['a', 'b', 'c'])
  })

  it('starts the next file when one has arrived', () => {
    const { uploader, started, last } = ready(['a', 'b', 'c', 'd'])
    uploader.resume()
    last('b').on.finish('u-b')
    expect(started.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd'])
    expect(uploader.queue().items[1]).toMatchObject({ state: 'done', upload: 'u-b' })
  })

  it('stops every transfer on pause and takes them up again on resume', () => {
    const { uploader, started } = ready(['a', 'b'])
    uploader.resume()
    uploader.pause()
    expect(started.every(({ stopped }) => stopped)).toBe(true)
    uploader.resume()
    expect(started.map(({ path }) => path)).toEqual(['a', 'b', 'a', 'b'])
  })

  it('does not listen to a transfer it has stopped', () => {
    const { uploader, last } = ready(['a'])
    uploader.resume()
    const old = last('a')
    uploader.pause()
    uploader.resume()
    old.on.finish('u-old')
    expect(uploader.queue().items[0]).toMatchObject({ state: 'sending', upload: null })
  })

  it('replaces the transfer when the file itself was replaced', () => {
    const { uploader, last, started } = ready(['a'])
    uploader.resume()
    const old = last('a')
    uploader.add(pickedFiles([file('a', 'another text', 2)]))
    old.on.finish('u-old')
    expect(old.stopped).toBe(true)
    expect(started).toHaveLength(2)
    expect(uploader.queue().items[0]).toMatchObject({ state: 'sending', upload: null })
  })

  it('goes on with the other files when one fails', () => {
    const { uploader, last, started } = ready(['a', 'b', 'c', 'd'])
    uploader.resume()
    last('a').on.fail('too-large')
    expect(started.at(-1)?.path).toBe('d')
    expect(uploader.queue().items[0]).toMatchObject({ state: 'failed', problem: 'too-large' })
    uploader.retry('a')
    expect(started).toHaveLength(4)
    last('b').on.finish('u-b')
    expect(started.at(-1)?.path).toBe('a')
  })

  it('stops and forgets a file that is taken out', () => {
    const { uploader, last } = ready(['a', 'b'])
    uploader.resume()
    uploader.remove('a')
    expect(last('a').stopped).toBe(true)
    expect(uploader.queue().items.map(({ path }) => path)).toEqual(['b'])
  })

  it('keeps file names in composed form', () => {
    expect(pickedFiles([file('ma\u0304ori.txt')])[0]?.path).toBe('m\u0101ori.txt')
  })
})

describe('the answers of the upload door', () => {
  it('tell a file that is too large from a server without room', () => {
    expect([413, 422, 507, 401, 403, 404, 0, 500].map(problemOf)).toEqual([
      'too-large',
      'bad-name',
      'no-space',
      'signed-out',
      'not-allowed',
      'not-allowed',
      'network',
      'network',
    ])
  })

  it('are worth another try only where waiting can help', () => {
    expect([0, 409, 423, 429, 500, 503].every(isTransient)).toBe(true)
    expect([400, 401, 403, 413, 507].some(isTransient)).toBe(false)
  })

  it('give the id of the upload as the last segment of its address', () => {
    expect(uploadId('https://registry.example/uploads/abc123')).toBe('abc123')
    expect(uploadId('/uploads/abc123?x=1')).toBe('abc123')
  })
})
