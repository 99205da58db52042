import { describe, expect, test } from 'vitest'
import type { Step } from '../../web/console/choice.ts'
import { readKeys, remap } from '../../web/console/keymap.ts'
import { commandOf, defaultKeys } from '../../web/console/keys.ts'

const press = (key: string, changes: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...changes,
})
const commandFor = (
  key: string,
  step: Step | null = null,
  changes: Parameters<typeof press>[1] = {},
  keys = defaultKeys,
) => commandOf(press(key, changes), step, keys)

/** What a sequence of keys comes to, each in the step that the one before has begun. */
function typed(keys: string) {
  let step: Step | null = null
  let command: ReturnType<typeof commandOf> = null
  for (const key of keys) {
    command = commandFor(key, step)
    step = command?.do === 'ask' ? command.step : null
  }
  return command
}

const rejecting: Step = { of: 'reject', wants: 'reason' }

test.each([
  ['a', { do: 'decide', choice: { action: 'approve' } }],
  ['A', { do: 'decide', choice: { action: 'approve' } }],
  ['h', { do: 'decide', choice: { action: 'hold' } }],
  ['e', { do: 'decide', choice: { action: 'escalate' } }],
  ['r', { do: 'ask', step: rejecting }],
  ['u', { do: 'undo' }],
  ['n', { do: 'note' }],
  ['v', { do: 'reveal' }],
  ['l', { do: 'translate' }],
  ['j', { do: 'next' }],
  ['k', { do: 'previous' }],
  ['?', { do: 'help' }],
  ['Escape', { do: 'close' }],
])('%s asks for: %o', (key, wanted) => {
  expect(commandFor(key)).toEqual(wanted)
})

test.each([
  ['r2', { do: 'decide', choice: { action: 'reject', reason: 'spam' } }],
  ['w1', { do: 'decide', choice: { action: 'warn', reason: 'abuse' } }],
  ['t21', { do: 'decide', choice: { action: 'time_out', reason: 'abuse', days: 3 } }],
  ['t45', { do: 'decide', choice: { action: 'time_out', reason: 'other', days: 30 } }],
  ['b4b', { do: 'decide', choice: { action: 'ban', reason: 'illegal' } }],
  ['g4', { do: 'show', queue: 'escalated' }],
])('%s is a whole sentence: %o', (keys, wanted) => {
  expect(typed(keys)).toEqual(wanted)
})

test('a digit does something only where a step asks for it', () => {
  expect(commandFor('2')).toBeNull()
  expect(typed('r6')).toBeNull()
  expect(typed('r0')).toBeNull()
  expect(typed('t5')).toBeNull()
  expect(typed('g7')).toBeNull()
})

test('a ban asks once more, and neither a digit nor another letter confirms it', () => {
  const asked: Step = { of: 'ban', wants: 'confirmation', reason: 'spam' }
  expect(typed('b2')).toEqual({ do: 'ask', step: asked })
  for (const key of ['1', '2', 'a', 'r', 'j']) expect(commandFor(key, asked)).toBeNull()
  expect(commandFor('b', asked, { repeat: true })).toBeNull()
  expect(commandFor('Escape', asked)).toEqual({ do: 'close' })
})

test('while a step is open no other letter decides, and its own key ends it', () => {
  expect(commandFor('a', rejecting)).toBeNull()
  expect(commandFor('j', rejecting)).toBeNull()
  expect(commandFor('r', rejecting)).toEqual({ do: 'close' })
  expect(typed('bb')).toEqual({ do: 'close' })
})

test('the shortcuts of the browser stay its own', () => {
  expect(commandFor('r', null, { ctrlKey: true })).toBeNull()
  expect(commandFor('a', null, { metaKey: true })).toBeNull()
})

test('a key held down moves on and on, but decides only once', () => {
  expect(commandFor('a', null, { repeat: true })).toBeNull()
  expect(commandFor('1', rejecting, { repeat: true })).toBeNull()
  expect(commandFor('j', null, { repeat: true })).toEqual({ do: 'next' })
})

test('a keyboard set to another script has its keys in the same places', () => {
  expect(commandFor('ф', null, { code: 'KeyA' })).toEqual({ do: 'decide', choice: { action: 'approve' } })
  expect(commandFor('é', rejecting, { code: 'Digit2' })).toEqual({
    do: 'decide',
    choice: { action: 'reject', reason: 'spam' },
  })
})

describe('keys of one’s own', () => {
  test('another letter does it, and the old one no more', () => {
    const remapped = remap(defaultKeys, 'approve', 'y')
    if (!('keys' in remapped)) throw new Error('it was refused')
    expect(commandFor('y', null, {}, remapped.keys)).toEqual({ do: 'decide', choice: { action: 'approve' } })
    expect(commandFor('a', null, {}, remapped.keys)).toBeNull()
  })

  test('what is another order’s, or no letter, is refused', () => {
    expect(remap(defaultKeys, 'approve', 'r')).toEqual({ refused: 'taken', by: 'reject' })
    expect(remap(defaultKeys, 'approve', '1')).toEqual({ refused: 'no letter' })
    expect(remap(defaultKeys, 'approve', '')).toEqual({ refused: 'no letter' })
    expect(remap(defaultKeys, 'approve', 'a')).toEqual({ keys: defaultKeys })
  })

  test('they are read as they were kept; what is damaged gives the usual ones', () => {
    const own = { ...defaultKeys, approve: 'y' }
    expect(readKeys(JSON.stringify(own))).toEqual(own)
    for (const kept of [null, '', '{', '7', 'null', '{"approve":"yy"}', JSON.stringify({ ...own, ban: 'y' })])
      expect(readKeys(kept)).toEqual(defaultKeys)
  })

  test('an order that came later than what is kept has its usual key, or a free one', () => {
    const before = Object.fromEntries(Object.entries(defaultKeys).filter(([order]) => order !== 'bulk'))
    expect(readKeys(JSON.stringify({ ...before, approve: 'y' }))).toEqual({ ...defaultKeys, approve: 'y' })
    const taken = readKeys(JSON.stringify({ ...before, approve: 'x' }))
    expect(taken.approve).toBe('x')
    expect(new Set(Object.values(taken)).size).toBe(Object.keys(defaultKeys).length)
  })
})
