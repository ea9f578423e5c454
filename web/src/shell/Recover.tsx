import { Component, type ReactNode } from 'react'
import { Failed } from '../ui/State.tsx'

interface RecoverProps {
  readonly children: ReactNode
}

/** Catches what a page throws (React asks for a class here), so that the way out stays in reach. */
export class Recover extends Component<RecoverProps, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    // Tried again by loading anew: what broke the page lies in its code or in answers it has kept.
    return <Failed />
  }
}
