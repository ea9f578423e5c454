type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const CONTROLS = 'input, textarea, select'

/** What somebody entered into one control, and how to enter it once more. */
interface Entered {
  readonly again: () => void
}

const tell = (control: Control, type: 'input' | 'change'): void => {
  control.dispatchEvent(new Event(type, { bubbles: true }))
}

/** Sets a value as a person does: past the setter with which React remembers its own. */
function enter(control: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const kind = control instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(control, value)
  tell(control, 'input')
}

function words(control: HTMLInputElement | HTMLTextAreaElement): Entered | null {
  const { value } = control
  if (value === control.defaultValue) return null
  control.value = control.defaultValue
  return { again: () => enter(control, value) }
}

function tick(control: HTMLInputElement): Entered | null {
  if (control.checked === control.defaultChecked) return null
  control.checked = control.defaultChecked
  // A radio button that was left is told by the one that was chosen.
  const left = control.type === 'radio' && control.defaultChecked
  return left ? null : { again: () => control.click() }
}

function choice(control: HTMLSelectElement): Entered | null {
  const { value } = control
  const options = [...control.options]
  const first = options.find(({ defaultSelected }) => defaultSelected) ?? options[0]
  if (control.multiple || first === undefined || first.value === value) return null
  control.value = first.value
  return {
    again: () => {
      control.value = value
      tell(control, 'change')
    },
  }
}

function takeBack(control: Control): Entered | null {
  if (control instanceof HTMLSelectElement) return choice(control)
  if (control instanceof HTMLTextAreaElement) return words(control)
  if (control.type === 'checkbox' || control.type === 'radio') return tick(control)
  if (control.type !== 'file') return words(control)
  return control.files?.length ? { again: () => tell(control, 'change') } : null
}

const controlsOf = (app: ParentNode): readonly Control[] => [
  ...app.querySelectorAll<Control>(CONTROLS),
]

const takeAll = (controls: readonly Control[]) =>
  new Map(
    controls.flatMap((control) => {
      const entered = takeBack(control)
      return entered ? [[control, entered] as const] : []
    }),
  )

/**
 * On a slow line people fill in a form that the server wrote before its script has come. React would
 * take the page over with empty fields. This takes what was entered out of the fields; calling the
 * answer once React listens enters it again, with what was entered while React took over.
 */
export function takeEarlyWords(app: ParentNode): () => void {
  const early = takeAll(controlsOf(app))
  let done = false
  return () => {
    if (done) return
    done = true
    const meanwhile = takeAll(controlsOf(app).filter((control) => !early.has(control)))
    for (const { again } of [...early.values(), ...meanwhile.values()]) again()
  }
}
