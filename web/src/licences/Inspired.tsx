import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'

/** Credit to the licence an idea came from: its address, none of its words. */
export function Inspired({ address }: { readonly address: string }) {
  const t = useT(licences)
  return (
    <p>
      {t('list.inspired')}{' '}
      <a href={address} rel="noreferrer">
        {new URL(address).host}
      </a>
    </p>
  )
}
