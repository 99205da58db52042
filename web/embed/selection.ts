import { isPassedOver } from '../../core/anchoring/page.ts'
import type { PageBlocks } from './page-blocks.ts'
import { marksText as say } from '../shared/messages/marks.ts'

/**
 * Offers to comment on the words that are selected in the article, with a small button beside them.
 * @param open gets the selection as it was when the button was pressed
 * @returns names the button anew; with null, as it was
 */
export function offerOnSelection(
  host: HTMLElement,
  root: ShadowRoot,
  blocks: PageBlocks,
  open: (range: Range) => void,
): (label: string | null) => void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'on-selection'
  button.textContent = say.onSelection
  button.hidden = true
  root.append(button)

  let selecting = false
  /** The words offered: some browsers clear the selection before they tell that the button was pressed. */
  let offered: Range | null = null
  let pressing = false
  const update = () => {
    if (pressing) return
    const range = selecting ? null : selected(blocks)
    offered = range?.cloneRange() ?? null
    button.hidden = range === null
    if (!range) return
    const origin = host.getBoundingClientRect()
    const box = range.getBoundingClientRect()
    const x = Math.min(Math.max(box.left + box.width / 2, 60), document.documentElement.clientWidth - 60)
    // Below the words: above them, phones put their own menu.
    button.style.setProperty(
      'transform',
      `translate(calc(${Math.round(x - origin.left)}px - 50%), ${Math.round(box.bottom - origin.top + 8)}px)`,
    )
  }
  document.addEventListener('selectionchange', update)
  // While the mouse draws a selection, the button would be in its way.
  addEventListener('pointerdown', (event) => {
    pressing = event.composedPath().includes(button)
    selecting = event.pointerType === 'mouse' && !pressing
  })
  for (const ending of ['pointerup', 'pointercancel'] as const) {
    addEventListener(ending, () => {
      selecting = false
      update()
    })
  }
  // Pressing the button must not clear what it is about.
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    pressing = false
    if (offered) open(offered)
    button.hidden = true
  })
  return (label) => (button.textContent = label ?? say.onSelection)
}

/**
 * The selection, where it covers words of the article: not those in a field, in an advert or of our own. Which blocks it
 * covers is looked at closely once somebody wants to comment on it.
 */
function selected({ article, list }: PageBlocks): Range | null {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || !/\S/.test(String(selection))) return null
  const range = selection.getRangeAt(0)
  let around: Node | null = range.commonAncestorContainer
  for (; around && around !== article; around = around.parentNode)
    if (around instanceof Element && isPassedOver(around)) return null
  return list.some(({ element }) => range.intersectsNode(element)) ? range : null
}
