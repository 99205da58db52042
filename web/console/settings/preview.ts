import type { Theme } from '../../embed/public.ts'
import type { Scheme } from './look.ts'

/** The colours of our own pages for reading, as their style sheet has them by the device's scheme. */
const paper: Record<Scheme, Record<string, string>> = {
  light: {
    '--paper': '#fdfcf9',
    '--ink': '#1d1b18',
    '--quiet': '#625d55',
    '--line': '#ddd7cb',
    '--link': '#7a2e1d',
  },
  dark: {
    '--paper': '#171614',
    '--ink': '#e9e5dd',
    '--quiet': '#a8a196',
    '--line': '#37342f',
    '--link': '#f0a58f',
  },
}

/**
 * Shows the page in a frame, and the discussion on it, as they are in a scheme and with a theme; where none is chosen, as they come.
 * @param page of our own origin
 */
export function dress(page: Window, theme: Theme, scheme: Scheme): void {
  const { style } = page.document.documentElement
  style.colorScheme = scheme
  for (const [name, colour] of Object.entries(paper[scheme])) style.setProperty(name, colour)
  setThemeOn(page, theme)
}

/** By the API of the embed's script, which its element holds for further copies of it. */
function setThemeOn(page: Window, theme: Theme): void {
  const known: unknown = page.customElements.get('postil-discussion')
  const api: unknown = typeof known === 'function' && 'api' in known ? known.api : null
  if (typeof api !== 'object' || api === null || !('setTheme' in api)) return
  if (typeof api.setTheme === 'function') Reflect.apply(api.setTheme, null, [theme])
}
