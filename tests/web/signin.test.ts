import { describe, expect, test } from 'vitest'
import { faultsOf, firstFault } from '../../web/signin/faults.ts'
import { ownAddress, readInvitation, readOutcome, readPurpose } from '../../web/signin/purpose.ts'

const origin = 'https://postil.example'
const opened = (search: string) => readPurpose({ search, origin })

describe('what the sign-in window was opened for', () => {
  test('a site at a web origin', () => {
    expect(opened('?site=demo&origin=https://news.example:8443')).toEqual({
      kind: 'embed',
      site: 'demo',
      origin: 'https://news.example:8443',
    })
  })

  test.each([
    '?site=demo',
    '?origin=https://news.example',
    '?site=&origin=https://news.example',
    '?site=demo&origin=*',
    '?site=demo&origin=null',
    '?site=demo&origin=https://news.example/',
    '?site=demo&origin=https://news.example@evil.example',
    '?site=demo&origin=javascript:alert(1)',
    '?site=demo&origin=blob:https://news.example',
  ])('%s hands no code to anybody', (search) => {
    expect(opened(search)).toEqual({ kind: 'broken' })
  })

  test('one of our own pages', () => {
    expect(opened('?next=/console/?site=demo')).toEqual({ kind: 'own', next: `${origin}/console/?site=demo` })
    expect(opened('')).toEqual({ kind: 'own', next: null })
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'console/',
    'javascript:alert(1)',
  ])('never on to %j', (next) => {
    expect(ownAddress(next, origin)).toBeNull()
  })

  test('a path that only looks like a host stays on our own', () => {
    expect(new URL(ownAddress('/.//evil.example', origin) ?? '').origin).toBe(origin)
  })
})

describe('what is wrong with a form', () => {
  const right = { name: 'Ada', email: ' ada@example.org ', password: 'margin-notes' }

  test('nothing, when it is right', () => {
    expect(faultsOf('create', right)).toEqual({})
    expect(faultsOf('sign-in', { ...right, name: '', password: 'short' })).toEqual({})
  })

  test('each field has its own words, and the first one gets the focus', () => {
    const faults = faultsOf('create', { name: ' ', email: 'ada', password: 'nine char' })
    expect(Object.keys(faults)).toEqual(['name', 'email', 'password'])
    expect(firstFault('create', faults)).toBe('name')
    expect(firstFault('sign-in', faults)).toBe('email')
  })
})

describe('how signing in at the site’s provider went', () => {
  test.each([
    ['#code=abc_-1', { code: 'abc_-1' }],
    ['#problem=declined', { problem: 'declined' }],
    ['#problem=failed', { problem: 'failed' }],
    ['#problem=constructor', null],
    ['#code=', null],
    ['', null],
  ])('%s', (hash, outcome) => {
    expect(readOutcome(hash)).toEqual(outcome)
  })
})

test.each([
  ['#invitation=abc_-1', 'abc_-1'],
  ['#invitation=', null],
  ['#code=abc', null],
  ['', null],
])('the invitation in %j is %j', (hash, token) => {
  expect(readInvitation(hash)).toBe(token)
})
