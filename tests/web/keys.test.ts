import { expect, test } from 'vitest'
import { commandOf } from '../../web/console/keys.ts'

const press = (key: string, changes: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...changes,
})

test.each([
  ['a', 'approve'],
  ['A', 'approve'],
  ['r', 'reasons'],
  ['u', 'undo'],
  ['j', 'next'],
  ['k', 'previous'],
  ['?', 'help'],
  ['Escape', 'close'],
])('%s asks for: %s', (key, wanted) => {
  expect(commandOf(press(key), false)).toEqual({ do: wanted })
})

test('rejecting takes two keys: R, then the digit of the reason', () => {
  expect(commandOf(press('2'), false)).toBeNull()
  expect(commandOf(press('2'), true)).toEqual({ do: 'reject', reason: 'spam' })
  expect(commandOf(press('6'), true)).toBeNull()
  expect(commandOf(press('0'), true)).toBeNull()
})

test('while the reasons are open no other letter decides', () => {
  expect(commandOf(press('a'), true)).toBeNull()
  expect(commandOf(press('j'), true)).toBeNull()
})

test('the shortcuts of the browser stay its own', () => {
  expect(commandOf(press('r', { ctrlKey: true }), false)).toBeNull()
  expect(commandOf(press('a', { metaKey: true }), false)).toBeNull()
})

test('a key held down moves on and on, but decides only once', () => {
  expect(commandOf(press('a', { repeat: true }), false)).toBeNull()
  expect(commandOf(press('1', { repeat: true }), true)).toBeNull()
  expect(commandOf(press('j', { repeat: true }), false)).toEqual({ do: 'next' })
})

test('a keyboard set to another script has its keys in the same places', () => {
  expect(commandOf(press('ф', { code: 'KeyA' }), false)).toEqual({ do: 'approve' })
  expect(commandOf(press('é', { code: 'Digit2' }), true)).toEqual({ do: 'reject', reason: 'spam' })
})
