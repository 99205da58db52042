import { isPassedOver } from '../../core/anchoring/page.ts'
import type { PageBlocks } from './page-blocks.ts'
import style from './selection.css?inline'
import { sheet } from './sheet.ts'
import type { Embed } from './start.ts'
import { marksText as say } from '../shared/messages/marks.ts'

/** Where that is done already. */
const offering = new WeakSet<Embed>()

/**
 * Offers to comment on the words that are selected in the article, with a small button beside them. Fetched once somebody
 * selects something; asked again, it does nothing.
 * @param open gets the selection as it was when the button was pressed
 */
export function offerOnSelection(embed: Embed, open: (range: Range) => void): void {
  if (offering.has(embed)) return
  offering.add(embed)
  const { host, root, blocks } = embed
  const { signal } = blocks
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(style)]
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'on-selection'
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
    button.textContent = embed.offering ?? say.onSelection
    const origin = host.getBoundingClientRect()
    const box = range.getBoundingClientRect()
    const x = Math.min(Math.max(box.left + box.width / 2, 60), document.documentElement.clientWidth - 60)
    // Below the words: above them, phones put their own menu.
    button.style.setProperty(
      'transform',
      `translate(calc(${Math.round(x - origin.left)}px - 50%), ${Math.round(box.bottom - origin.top + 8)}px)`,
    )
  }
  // While the mouse draws a selection, the button would be in its way.
  const drawn = ({ pointerType, buttons }: PointerEvent) => {
    selecting = pointerType === 'mouse' && buttons > 0 && !pressing
  }
  const down = (event: PointerEvent) => {
    pressing = event.composedPath().includes(button)
    drawn(event)
  }
  const up = () => {
    selecting = false
    update()
  }
  document.addEventListener('selectionchange', update, { signal })
  addEventListener('pointerdown', down, { signal })
  // That it is pressed may have been before there was anybody to tell.
  addEventListener('pointermove', drawn, { signal })
  addEventListener('pointerup', up, { signal })
  addEventListener('pointercancel', up, { signal })
  // Pressing the button must not clear what it is about.
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    pressing = false
    if (offered) open(offered)
    button.hidden = true
  })
  update()
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
