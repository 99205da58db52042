export type BlockKind = 'paragraph' | 'heading' | 'item' | 'quote' | 'caption' | 'code'

/** A piece of an article as it stands on a page: a paragraph, a heading, a list item… */
export interface PageBlock {
  element: Element
  kind: BlockKind
  /** Of a heading, 1 to 6. */
  level?: number
  text: string
}

const passedOver = new Set(
  'SCRIPT STYLE TEMPLATE NOSCRIPT NAV ASIDE FORM BUTTON SELECT TEXTAREA INPUT SVG MATH IFRAME OBJECT CANVAS AUDIO VIDEO DIALOG HEAD'.split(
    ' ',
  ),
)
/** Elements that end a paragraph; one that holds none of them but has words is a block. */
const dividing = new Set(
  'ADDRESS ARTICLE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION SUMMARY TABLE TBODY THEAD TFOOT TR TD TH CAPTION UL BODY'.split(
    ' ',
  ),
)

/** Whether an element's words are not those of the block around it. */
export const divides = (element: Element): boolean => dividing.has(element.tagName.toUpperCase())

/** Whether an element and all in it are not part of the text. */
export function isPassedOver(element: Element): boolean {
  const name = element.tagName.toUpperCase()
  return (
    passedOver.has(name) ||
    name.startsWith('POSTIL-') ||
    element.hasAttribute('hidden') ||
    element.hasAttribute('data-postil-ignore') ||
    element.getAttribute('aria-hidden') === 'true'
  )
}

/**
 * The blocks of an article, in order: on the publisher's page and in an extracted one by the same rules, so that
 * both sides speak of the same texts. Words between blocks count as one of their own.
 * @param root the element that holds the article
 */
export function blocksOf(root: Element): PageBlock[] {
  const blocks: PageBlock[] = []
  collect(root, kindOf(root, null), blocks)
  return blocks
}

function collect(element: Element, kind: Kind | null, blocks: PageBlock[], said = false): void {
  if (!holdsDividing(element)) {
    const text = textOf(element)
    // Some editors hold empty lines open with a no-break space.
    if (text.trim() !== '') blocks.push({ element, ...(kind ?? { kind: 'paragraph' }), text })
    return
  }
  // What a list item says before the list inside of it, a quote before its source, a paragraph around an advert…
  const isSaid = said && !divides(element)
  const text = isSaid ? '' : textOf(element)
  const isBlock = isOfWords(element) ? text.trim() !== '' : text.length > furniture
  const says = isSaid || isBlock
  if (isBlock) blocks.push({ element, ...(kind ?? { kind: 'paragraph' }), text })
  for (const child of Array.from(element.children)) {
    if (isPassedOver(child)) continue
    if (divides(child) || holdsDividing(child)) collect(child, kindOf(child, kind), blocks, says)
    else if (!says && isLooseText(child))
      blocks.push({ element: child, ...(kind ?? { kind: 'paragraph' }), text: textOf(child) })
  }
}

/** Words between blocks that are not longer are no passage but a button, a date, a credit. */
const furniture = 80

/** Words in an inline element that stands between blocks. */
const isLooseText = (element: Element) => textOf(element).length > furniture

/** Whether an element is there to hold words, not other blocks. */
const isOfWords = (element: Element) =>
  element.tagName.toUpperCase() === 'P' || kindOf(element, null) !== null

function holdsDividing(element: Element): boolean {
  const inside = (node: Element): boolean =>
    Array.from(node.children).some((child) => !isPassedOver(child) && (divides(child) || inside(child)))
  return inside(element)
}

interface Kind {
  kind: BlockKind
  level?: number
}

function kindOf(element: Element, around: Kind | null): Kind | null {
  const name = element.tagName.toUpperCase()
  if (/^H[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) }
  if (name === 'LI' || name === 'DT' || name === 'DD') return { kind: 'item' }
  if (name === 'BLOCKQUOTE') return { kind: 'quote' }
  if (name === 'FIGCAPTION' || name === 'CAPTION') return { kind: 'caption' }
  if (name === 'PRE') return { kind: 'code' }
  return around
}

/** The words of an element: white space folded as a browser shows it, no-break spaces kept. */
export function textOf(element: Element): string {
  let text = ''
  for (const piece of piecesOf(element)) text += piece.text
  return fold(text, true).replace(/ $/, '')
}

/** A stretch of text as a browser shows it after a space, or after something else. */
export function fold(text: string, afterSpace: boolean): string {
  const folded = text.replace(/[ \t\n\r\f]+/g, ' ')
  return afterSpace && folded.startsWith(' ') ? folded.slice(1) : folded
}

/** Whether a browser folds a character with others of its kind; the no-break space it keeps. */
export const folds = (character: string): boolean => ' \t\n\r\f'.includes(character)

/** A text node of a block, or the space that a line break or a block inside stands for. */
export interface Piece {
  node: Node
  text: string
}

/** The text nodes of an element that are part of its text, in order; those of blocks inside of it are not. */
export function piecesOf(element: Element): Piece[] {
  const pieces: Piece[] = []
  const walk = (parent: Node) => {
    for (const node of Array.from(parent.childNodes)) {
      if (node.nodeType === 3) pieces.push({ node, text: node.nodeValue ?? '' })
      else if (node.nodeType === 1 && isElement(node)) {
        if (isPassedOver(node)) continue
        if (node.tagName.toUpperCase() === 'BR' || divides(node)) pieces.push({ node, text: ' ' })
        else walk(node)
      }
    }
  }
  walk(element)
  return pieces
}

function isElement(node: Node): node is Element {
  return 'tagName' in node
}
