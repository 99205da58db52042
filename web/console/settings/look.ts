import type { Theme } from '../../embed/public.ts'

export const colourNames = ['accent', 'surface', 'text', 'quiet', 'line', 'danger'] as const
export type ColourName = (typeof colourNames)[number]
export const fontNames = ['font', 'quote-font'] as const
export type FontName = (typeof fontNames)[number]
export const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

/** A colour in each scheme, as `#rrggbb`. */
type Pair = Record<Scheme, string>

/** How the embed looks where the page says nothing, as its style sheets have it. */
export const defaults: Record<ColourName, Pair> = {
  accent: { light: '#7a2e1d', dark: '#f0a58f' },
  surface: { light: '#fffefb', dark: '#211f1c' },
  text: { light: '#1d1b18', dark: '#ece8e0' },
  quiet: { light: '#625d55', dark: '#aaa398' },
  line: { light: '#ddd7cb', dark: '#403c36' },
  danger: { light: '#a3160f', dark: '#ff9d94' },
}

/** What a publisher has chosen: null, or empty, is as it is by itself. */
export interface Look {
  colours: Record<ColourName, Pair | null>
  fonts: Record<FontName, string>
}

export const asItIs = (): Look => ({
  colours: { accent: null, surface: null, text: null, quiet: null, line: null, danger: null },
  fonts: { font: '', 'quote-font': '' },
})

/** Whether it is a list of fonts, and leads out of no declaration. */
export const isFont = (text: string): boolean =>
  /^[\p{L}\p{N} ,'"_.-]*$/u.test(text) && (text.split('"').length + text.split("'").length) % 2 === 0

const ofPair = ({ light, dark }: Pair) => (light === dark ? light : `light-dark(${light}, ${dark})`)

/** The values of the properties that are chosen. */
function chosen({ colours, fonts }: Look): [name: ColourName | FontName, value: string][] {
  return [
    ...colourNames.flatMap((name): [ColourName, string][] => {
      const pair = colours[name]
      return pair ? [[name, ofPair(pair)]] : []
    }),
    ...fontNames.flatMap((name): [FontName, string][] => {
      const font = fonts[name].trim()
      return font !== '' && isFont(font) ? [[name, font]] : []
    }),
  ]
}

/** What the page's style sheet has to say; empty where nothing is chosen. */
export function cssOf(look: Look): string {
  const lines = chosen(look).map(([name, value]) => `  --postil-${name}: ${value};`)
  return lines.length === 0 ? '' : `postil-discussion {\n${lines.join('\n')}\n}`
}

/** The same for a discussion that is on a page already: what is not chosen is taken back. */
export function themeOf(look: Look, scheme: Scheme): Theme {
  const none = Object.fromEntries([...colourNames, ...fontNames].map((name) => [name, null]))
  return { ...none, ...Object.fromEntries(chosen(look)), scheme }
}

/** How light a colour is (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours, `#rrggbb`: from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const least = 4.5
const read = ['accent', 'text', 'quiet', 'danger'] as const

/** What is hard to read on the panel's ground, by what was chosen. */
export function weakIn({ colours }: Look): { name: ColourName; scheme: Scheme; ratio: number }[] {
  const colour = (name: ColourName, scheme: Scheme) => (colours[name] ?? defaults[name])[scheme]
  return read.flatMap((name) =>
    schemes
      .map((scheme) => ({ name, scheme, ratio: contrast(colour(name, scheme), colour('surface', scheme)) }))
      .filter(({ ratio }) => (colours[name] ?? colours.surface) !== null && ratio < least),
  )
}
