import { wantedIn, withWanted, type Wanted } from './filter.ts'

/** The queue and filter that the page's address asks for (`?queue=reported&signal=links`), else all. */
export const wantedInAddress = (): Wanted => wantedIn(new URLSearchParams(location.search))

/** Keeps the queue and filter in the address, so that they are there again after a reload, and can be sent to somebody. */
export function putInAddress(wanted: Wanted): void {
  const address = new URL(location.href)
  address.search = withWanted(address.searchParams, wanted).toString()
  if (address.href !== location.href) history.replaceState(null, '', address)
}
