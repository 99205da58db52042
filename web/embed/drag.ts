import { velocityOf, type Touch } from './heights.ts'

/** How far a finger moves on a handle that it only taps, in pixels. */
const slack = 6

/**
 * Tells how a handle is drawn up and down. A tap is left alone, so that it is still a click.
 * @param draw is told how far up, in pixels
 * @param end is told that too, and how fast the finger still was; 0 and 0 where the browser took the finger for something else
 * @returns stops listening
 */
export function drawBy(
  handle: HTMLElement,
  draw: (distance: number) => void,
  end: (distance: number, velocity: number) => void,
): () => void {
  let touches: Touch[] = []
  let isDrawn = false
  const distance = ({ clientY }: Touch) => (touches[0]?.clientY ?? clientY) - clientY

  const down = (event: PointerEvent) => {
    if (event.isPrimary && event.button === 0) touches = [event]
  }
  const move = (event: PointerEvent) => {
    if (touches.length === 0 || !event.isPrimary) return
    touches.push(event)
    if (!isDrawn && Math.abs(distance(event)) <= slack) return
    // Only now: the handle of a captured pointer would get the click of a tap on a button in it.
    if (!isDrawn) handle.setPointerCapture(event.pointerId)
    isDrawn = true
    draw(distance(event))
  }
  const up = (event: PointerEvent) => {
    if (!event.isPrimary) return
    const isLifted = event.type === 'pointerup'
    if (isDrawn) end(isLifted ? distance(event) : 0, isLifted ? velocityOf(touches, event.timeStamp) : 0)
    touches = []
    isDrawn = false
  }
  const listening = new AbortController()
  const { signal } = listening
  handle.addEventListener('pointerdown', down, { signal })
  handle.addEventListener('pointermove', move, { signal })
  handle.addEventListener('pointerup', up, { signal })
  handle.addEventListener('pointercancel', up, { signal })
  return () => listening.abort()
}
