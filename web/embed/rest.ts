/** A page at rest for this long is looked at… */
const rest = 150
/** …and one that goes on changing, this often. */
const longest = 1000

/**
 * Does something once the page has come to rest, before the next frame.
 * @param signal ends it
 * @returns to be called whenever the page changes
 */
export function atRest(act: () => void, signal?: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let waitingSince: number | null = null
  const look = () => {
    waitingSince = null
    if (!signal?.aborted) act()
  }
  return () => {
    const now = performance.now()
    waitingSince ??= now
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        cancelAnimationFrame(frame)
        frame = requestAnimationFrame(look)
      },
      Math.max(0, Math.min(rest, waitingSince + longest - now)),
    )
  }
}
