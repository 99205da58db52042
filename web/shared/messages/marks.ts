import { counted } from './counted.ts'

/** The texts that are there before anyone interacts: few, because the loader carries them. */
export const marksText = {
  marks: 'Comments on the passages of this article',
  mark: (comments: number, passage: string) =>
    comments === 0
      ? `Comment on “${passage}”`
      : `${counted(comments, 'comment', 'comments')} on “${passage}”`,
  wholeArticle: (comments: number) =>
    comments === 0
      ? 'Discuss the whole article'
      : `The whole article: ${counted(comments, 'comment', 'comments')}`,
  onSelection: 'Comment',
  unreachable: 'The discussion could not be loaded. Check your connection and try again.',
}
