/** A constructed style sheet: inline styles are what a strict policy forbids. */
export function sheet(css: string): CSSStyleSheet {
  const style = new CSSStyleSheet()
  style.replaceSync(css)
  return style
}
