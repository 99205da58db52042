import type { Token } from 'markdown-it'
import type { Inline } from '../../core/contract/text.ts'

type Mark = 'emphasis' | 'strong' | 'link'

/** A mark whose contents are being read. */
interface Opened {
  mark: Mark
  children: Inline[]
  /** What was typed after the contents and is shown as text. */
  after: string
}

/**
 * The pieces of a line. A mark inside the same mark adds nothing and is left out: no run of asterisks makes a deep
 * tree, and a link holds no link.
 * @param around the mark that the whole line stands in
 */
export function inlines(tokens: Token[], around?: Mark): Inline[] {
  const root: Inline[] = []
  const open: Opened[] = around ? [{ mark: around, children: root, after: '' }] : []
  const here = () => open.at(-1)?.children ?? root
  const isOpen = (mark: Mark) => open.some((opened) => opened.mark === mark)
  const begin = (mark: Mark, make: ((children: Inline[]) => Inline) | null, after = '') => {
    const children: Inline[] = make ? [] : here()
    if (make) here().push(make(children))
    open.push({ mark, children, after })
  }

  for (const token of tokens) {
    switch (token.type) {
      case 'softbreak':
      case 'hardbreak':
        // Readers press Enter once and mean it.
        here().push({ type: 'break' })
        break
      case 'code_inline':
        here().push({ type: 'code', text: token.content })
        break
      case 'em_open':
        begin('emphasis', isOpen('emphasis') ? null : (children) => ({ type: 'emphasis', children }))
        break
      case 'strong_open':
        begin('strong', isOpen('strong') ? null : (children) => ({ type: 'strong', children }))
        break
      case 'link_open': {
        const href = String(token.attrGet('href') ?? '')
        if (href === '') say(here(), '[')
        begin(
          'link',
          href === '' || isOpen('link') ? null : (children) => linkTo(href, children),
          after(token),
        )
        break
      }
      case 'em_close':
      case 'strong_close':
      case 'link_close': {
        const closed = open.pop()
        if (closed && closed.children.length === 0) closed.children.push(...nameless(here()))
        say(here(), closed?.after ?? '')
        break
      }
      default:
        say(here(), token.content)
    }
  }
  return root
}

const linkTo = (href: string, children: Inline[]): Inline => ({ type: 'link', href, children })

/** A link without words shows its address. */
function nameless(siblings: Inline[]): Inline[] {
  const last = siblings.at(-1)
  return last?.type === 'link' ? [{ type: 'text', text: last.href }] : []
}

/** A link's title is not hidden in an attribute, where neither touch nor screening finds it. */
function after(token: Token): string {
  if (token.attrGet('href') === '') return ']()'
  const title = token.attrGet('title')
  return title === null ? '' : ` (${String(title).replaceAll('\n', ' ')})`
}

function say(children: Inline[], text: string): void {
  const last = children.at(-1)
  if (last?.type === 'text') last.text += text
  else if (text !== '') children.push({ type: 'text', text })
}
