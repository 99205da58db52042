/**
 * Whether an element stands on a dark page, by the first colour behind it: pages are dark without saying so.
 * @returns null where nothing behind it has a colour: then the page's own `color-scheme` tells
 */
export function schemeBehind(element: Element): 'light' | 'dark' | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const scheme = schemeOf(getComputedStyle(at).backgroundColor)
    if (scheme) return scheme
  }
  return null
}

/**
 * @param colour as browsers compute it
 * @returns null for what is seen through, or written in another way than as red, green and blue
 * @example schemeOf('rgb(23, 22, 20)') // 'dark'
 */
export function schemeOf(colour: string): 'light' | 'dark' | null {
  const parts = /^rgba?\(([\d., ]+)\)$/.exec(colour)?.[1]
  if (parts === undefined) return null
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts.split(',').map(Number)
  if (alpha < 0.5) return null
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? 'dark' : 'light'
}
