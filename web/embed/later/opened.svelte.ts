import type { Reading } from '../reading.svelte.ts'

/** Tells the server which passage is open, for the number of its readers. Call it in a component. */
export function tellOpened(reading: Reading): void {
  const { line } = reading.discussion
  $effect(() => {
    const thread = openThread(reading)
    if (thread === undefined || thread === line.opened) return
    line.opened = thread
    line.listen()
  })
}

/** A passage goes by its oldest thread, whichever of them is open; in the list of all, the one that was opened last. */
function openThread({ discussion, panel, opened }: Reading): string | undefined {
  if (!panel.target) return
  const { threads, places } = discussion
  const alone = panel.isListed ? threads.get(opened.at(-1) ?? '') : undefined
  const block = panel.isListed ? alone && places.placeOf(alone) : panel.target.block
  return (places.of(block ?? NaN)[0] ?? alone)?.id
}
