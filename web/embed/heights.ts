/** How high the sheet stands: its head and the first lines, half of the window, or as much of it as there is. */
export const heights = ['peek', 'half', 'full'] as const
export type Height = (typeof heights)[number]

const peek = 156
/** What stays free above a full sheet, so that one sees there is a page behind it. */
const above = 24
/** How fast a finger leaves a sheet that it throws, in pixels per millisecond. */
const thrown = 0.4
/** How long before its end a movement still tells how fast it was, in milliseconds. */
const recent = 100

/** @param seen how much of the window is seen: above the keyboard */
export function pixelsOf(height: Height, seen: number): number {
  const full = Math.max(0, seen - above)
  const half = Math.min(full, Math.round(seen / 2))
  return { full, half, peek: Math.min(half, peek) }[height]
}

/**
 * Where a sheet comes to rest that is let go: at the next height in the direction it is thrown, else at the nearest.
 * @param pixels how high it was drawn
 * @param velocity upwards, in pixels per millisecond
 * @returns null: closed
 */
export function settle(pixels: number, velocity: number, seen: number): Height | null {
  const stops = [
    { height: null, at: 0 },
    ...heights.map((height) => ({ height, at: pixelsOf(height, seen) })),
  ]
  const thrownTo =
    velocity > thrown
      ? (stops.find(({ at }) => at > pixels) ?? stops.at(-1))
      : velocity < -thrown
        ? stops.findLast(({ at }) => at < pixels)
        : undefined
  const distance = ({ at }: { at: number }) => Math.abs(at - pixels)
  const [nearest] = stops.toSorted((a, b) => distance(a) - distance(b))
  return (thrownTo ?? nearest)?.height ?? null
}

/** The height that a tap on the head leads to: in the end each of them. */
export const afterTap = (height: Height): Height => heights[heights.indexOf(height) + 1] ?? 'peek'

/** The height that a key of a slider leads to, or none. */
export function afterKey(height: Height, key: string): Height | undefined {
  const at = heights.indexOf(height)
  return {
    ArrowUp: heights[at + 1] ?? height,
    ArrowDown: heights[at - 1] ?? height,
    Home: heights[0],
    End: heights[2],
  }[key]
}

/** Where a finger was, and when. */
export type Touch = Pick<PointerEvent, 'clientY' | 'timeStamp'>

/** How fast a finger moved up when it was lifted, in pixels per millisecond: 0 where it had come to rest before. */
export function velocityOf(touches: Touch[], lifted: number): number {
  const last = touches.filter(({ timeStamp }) => lifted - timeStamp <= recent)
  const [first, end] = [last[0], last.at(-1)]
  const time = first && end ? end.timeStamp - first.timeStamp : 0
  return first && end && time > 0 ? (first.clientY - end.clientY) / time : 0
}
