import { describe, expect, it } from 'vitest'
import { asTree } from '../../core/threads/tree.ts'
import { shownOf, walk } from '../../web/embed/branches.ts'
import { above, rootFor } from '../../web/embed/later/path.ts'

/** `c3<c1` answers c1. */
const list = (...written: string[]) =>
  written.map((one) => {
    const [id = '', parentId = null] = one.split('<')
    return { id, parentId }
  })
/** `c0`, answered by `c1`, answered by `c2` … */
const chain = (length: number) =>
  list(...Array.from({ length }, (_, at) => (at === 0 ? 'c0' : `c${at}<c${at - 1}`)))
const ids = (branches: { comment: { id: string } }[]) => branches.map(({ comment }) => comment.id)

describe('branches', () => {
  const comments = list('a', 'b', 'c<a', 'd<c', 'e<a', 'f<d')

  it('stand each with what answers it, as far as it is open', () => {
    const tree = asTree(comments)
    expect(ids(walk(tree))).toEqual(['a', 'c', 'd', 'f', 'e', 'b'])
    expect(ids(walk(tree, ({ comment }) => comment.id !== 'c'))).toEqual(['a', 'c', 'e', 'b'])
    expect(ids(walk(tree, (_, level) => level < 1))).toEqual(['a', 'c', 'e', 'b'])
    expect(walk([])).toEqual([])
  })

  it('are shown alone, and as a whole where the comment they begin with is gone', () => {
    expect(ids(shownOf(comments, 'c'))).toEqual(['c'])
    expect(ids(walk(shownOf(comments, 'c')))).toEqual(['c', 'd', 'f'])
    expect(ids(shownOf(comments, undefined))).toEqual(['a', 'b'])
    expect(ids(shownOf(comments, 'gone'))).toEqual(['a', 'b'])
  })

  it('may be thousands deep', () => {
    expect(walk(asTree(chain(20_000)))).toHaveLength(20_000)
    expect(above(chain(5000), 'c4999')).toHaveLength(4999)
  })

  it('know what a comment answers, as far as that is there', () => {
    expect(above(comments, 'f')).toEqual(['a', 'c', 'd'])
    expect(above(comments, 'a')).toEqual([])
    expect(above(list('b<gone', 'c<b'), 'c')).toEqual(['b'])
    expect(above(comments, 'gone')).toEqual([])
  })
})

describe('the branch that has to be shown', () => {
  const levels = 3
  const deep = chain(12)
  const opened = (id: string, root?: string) => rootFor(above(deep, id), id, root, levels)

  it('is the whole thread for what stands in its first levels', () => {
    for (let at = 0; at <= levels; at += 1) expect(opened(`c${at}`)).toBeUndefined()
  })

  it('is the one that the buttons lead to, at any depth', () => {
    expect(['c4', 'c6', 'c7', 'c9', 'c10', 'c11'].map((id) => opened(id))).toEqual([
      'c3',
      'c3',
      'c6',
      'c6',
      'c9',
      'c9',
    ])
  })

  it('stays the one that is shown where the comment is in it', () => {
    expect(opened('c4', 'c2')).toBe('c2')
    expect(opened('c2', 'c2')).toBe('c2')
    expect(opened('c5', 'c2')).toBe('c2')
    expect(opened('c6', 'c2')).toBe('c3')
    expect(opened('c1', 'c2')).toBeUndefined()
    expect(opened('c1', 'gone')).toBeUndefined()
  })

  it('shows the comment, from wherever one comes', () => {
    for (const root of [undefined, 'c0', 'c2', 'c5', 'c11', 'gone']) {
      for (const { id } of deep) {
        const branches = shownOf(deep, opened(id, root))
        expect(
          ids(walk(branches, (_, level) => level < levels)),
          `${id} from ${root ?? 'the whole'}`,
        ).toContain(id)
      }
    }
  })
})
