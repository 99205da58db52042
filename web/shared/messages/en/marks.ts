import type { Counted } from '../../../../core/text/counted.ts'

const comments = { one: '# comment', other: '# comments' }
const reactions = { one: '# reaction', other: '# reactions' }

/** The texts that are there before anyone interacts: few, because the loader carries them. */
export const marks = (counted: Counted) => ({
  language: 'en',
  marks: 'Comments on the passages of this article',
  /** The number alone, on a mark. */
  count: (count: number) => counted(count),
  mark: (count: number, passage: string) =>
    count === 0 ? `Comment on “${passage}”` : `${counted(count, comments)} on “${passage}”`,
  wholeArticle: (count: number) =>
    count === 0 ? 'Discuss the whole article' : `The whole article: ${counted(count, comments)}`,
  reactions: (count: number) => counted(count, reactions),
  reactionsOn: (count: number, passage: string) => `${counted(count, reactions)} on “${passage}”`,
  onSelection: 'Comment',
  unreachable: 'The discussion could not be loaded. Check your connection and try again.',
})

export type MarksText = ReturnType<typeof marks>
