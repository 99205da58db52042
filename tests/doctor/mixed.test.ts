import { Headers } from 'undici'
import { expect, test } from 'vitest'
import { examine } from '../../server/doctor/examine.ts'

test('a page by https that loads Postil by http', async () => {
  const site = {
    id: 'x',
    slug: 'gazette',
    name: 'Gazette',
    origins: new Set(['https://gazette.example']),
    takesGuests: false,
  }
  const source = `<!doctype html><title>A</title><link rel="canonical" href="https://gazette.example/story"><script type="module" src="http://postil.example/embed.js" data-site="gazette"></script><article><p>One paragraph of the story.</p></article>`
  const findings = await examine(
    { url: 'https://gazette.example/story', headers: new Headers(), source },
    { site: () => Promise.resolve(site), slug: null, base: null },
  )
  const faults = findings.filter(({ level }) => level === 'fault')
  expect(faults.map(({ about }) => about)).toEqual(['mixed-content'])
  expect(faults[0]?.change).toContain('src="https://postil.example/embed.js"')
})
