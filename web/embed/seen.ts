import type { Seen } from './fresh.ts'

/** The field that the reader is in, or null. */
function fieldIn(scroller: HTMLElement): HTMLTextAreaElement | null {
  const root = scroller.getRootNode()
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement
  return active instanceof HTMLTextAreaElement && scroller.contains(active) ? active : null
}

/** What is on screen of the panel's scrolling part. */
export function seenIn(scroller: HTMLElement): Seen {
  const { bottom } = scroller.getBoundingClientRect()
  const edge = Math.min(innerHeight, bottom)
  return {
    fits: scroller.scrollHeight <= scroller.clientHeight && bottom <= innerHeight + 1,
    isTyping: (fieldIn(scroller)?.value ?? '') !== '',
    isBelow: (id) => {
      const comment = scroller.querySelector(`[data-comment="${id}"]`)
      return !comment?.checkVisibility() || comment.getBoundingClientRect().top >= edge
    },
  }
}

/** Brings the field one is in back on screen, where a keyboard or what came above it has pushed it off. */
export function keepField(scroller: HTMLElement): void {
  const field = fieldIn(scroller)
  if (!field) return
  const box = (field.closest('form') ?? field).getBoundingClientRect()
  const room = scroller.getBoundingClientRect()
  const above = box.top - room.top
  if (above < 0) scroller.scrollTop += above
  else if (box.bottom > room.bottom) scroller.scrollTop += Math.min(above, box.bottom - room.bottom)
}

/** How to scroll for this reader. */
export const gliding = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'
