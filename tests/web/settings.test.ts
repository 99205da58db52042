import { describe, expect, test } from 'vitest'
import {
  asItIs,
  contrast,
  cssOf,
  defaults,
  isFont,
  themeOf,
  weakIn,
} from '../../web/console/settings/look.ts'
import { faultsIn, originsIn, warningIn } from '../../web/console/settings/site.ts'
import { toRoleDraft, toStanding } from '../../web/console/settings/staff.ts'

describe('name and origins in fields', () => {
  const now = { version: 3, name: 'Gazette', origins: ['https://a.example', 'https://b.example'] }
  const here = 'https://postil.example'

  test('are read as origins, each once, whatever stands around them', () => {
    const origins = ' https://A.example/front \n\nhttps://a.example\nhttps://b.example'
    expect(originsIn({ name: '', origins })).toEqual(now.origins)
  })

  test('say what is wrong by line', () => {
    expect(faultsIn({ name: 'Gazette', origins: 'https://a.example' })).toEqual([])
    expect(faultsIn({ name: ' ', origins: 'https://a.example\n\nb.example' })).toEqual([
      'Type a name.',
      'Line 3: “b.example” is no address. Write it like https://www.example.org.',
    ])
  })

  test.each([
    ['https://a.example\nhttps://b.example\nhttps://c.example', ''],
    ['https://a.example', 'Pages of https://b.example will show no discussion'],
    ['', 'Without an origin, no page of yours shows a discussion'],
  ])('warn of what %j leaves out', (origins, said) => {
    const warning = warningIn({ name: '', origins }, now, here)
    if (said === '') expect(warning).toBe('')
    else expect(warning).toContain(said)
  })

  test('say that the console goes on where its own origin is left out', () => {
    const own = { ...now, origins: [...now.origins, here] }
    expect(warningIn({ name: '', origins: now.origins.join('\n') }, own, here)).toContain('This console')
  })
})

test('a role is fields and back', () => {
  const some = { role: 'moderator', sections: ['/sport/', '/culture/'] } as const
  expect(toStanding(toRoleDraft({ ...some, sections: [...some.sections] }))).toEqual(some)
  expect(toStanding({ role: 'moderator', sections: ' \n' })).toEqual({ role: 'moderator', sections: null })
  expect(toStanding({ role: 'lead', sections: '/sport' })).toEqual({ role: 'lead', sections: null })
})

describe('the look', () => {
  test('is nothing where nothing is chosen, and takes back what was set', () => {
    expect(cssOf(asItIs())).toBe('')
    expect(themeOf(asItIs(), 'dark')).toMatchObject({ scheme: 'dark', accent: null, font: null })
  })

  test('is written for a style sheet', () => {
    const look = asItIs()
    look.colours.accent = { light: '#0b5d4e', dark: '#7fd3c0' }
    look.colours.line = { light: '#888888', dark: '#888888' }
    look.fonts.font = "'Source Sans 3', sans-serif"
    expect(cssOf(look)).toBe(
      "postil-discussion {\n  --postil-accent: light-dark(#0b5d4e, #7fd3c0);\n  --postil-line: #888888;\n  --postil-font: 'Source Sans 3', sans-serif;\n}",
    )
    expect(themeOf(look, 'light')).toMatchObject({ accent: 'light-dark(#0b5d4e, #7fd3c0)', text: null })
  })

  test.each(['x; color: red', 'a}b{', 'url(x)', '"open', '/* x */'])('takes no font like %j', (font) => {
    expect(isFont(font)).toBe(false)
    const look = asItIs()
    look.fonts.font = font
    expect(cssOf(look)).toBe('')
  })

  test('says what cannot be read', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 1)
    const look = asItIs()
    expect(weakIn(look)).toEqual([])
    look.colours.accent = { light: '#ffe08a', dark: defaults.accent.dark }
    expect(weakIn(look).map(({ name, scheme }) => [name, scheme])).toEqual([['accent', 'light']])
  })

  test('begins with colours that can be read', () => {
    const look = asItIs()
    look.colours = { ...defaults }
    expect(weakIn(look)).toEqual([])
  })
})
