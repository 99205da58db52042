import { expect, it } from 'vitest'
import type { CommentRevision } from '../../core/contract/threads.ts'
import { parse } from '../../server/text/index.ts'
import { versionsOf } from '../../web/embed/later/versions.ts'

const revision = (number: number, source: string): CommentRevision => ({
  number,
  state: 'live',
  body: parse(source),
  language: null,
  at: '2026-01-01T10:00:00Z',
})
const read = (...given: Parameters<typeof versionsOf>) =>
  versionsOf(...given).map(({ number, text, before }) => [number, before, text])

it('each version of a comment stands beside the one before it, the newest first', () => {
  const all = [revision(4, 'Three.'), revision(2, 'Two.'), revision(1, 'One.')]
  expect(read(all, true)).toEqual([
    [4, 'Two.', 'Three.'],
    [2, 'One.', 'Two.'],
    [1, null, 'One.'],
  ])
})

it('where older ones are not read yet, the last is kept back', () => {
  expect(read([revision(3, 'Three.'), revision(2, 'Two.')], false)).toEqual([[3, 'Two.', 'Three.']])
  expect(read([], true)).toEqual([])
})

it('its text says all that was written, and where links lead', () => {
  const source = '> So.\n\n1. a\n2. *b*\n\n[here](https://a.example) https://b.example\n\n```\nx\n```'
  expect(read([revision(1, source)], true)).toEqual([
    [1, null, '> So.\n\n1. a\n2. b\n\nhere (https://a.example/) https://b.example\n\nx'],
  ])
})
