const plural = new Intl.PluralRules('en')
const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${plural.select(count) === 'one' ? one : many}`

/** What the pages made on the server say. */
export const pageText = {
  language: 'en',
  discussion: 'Discussion',
  of: (title: string) => `Discussion of “${title}”`,
  readArticle: 'Read the article',
  inArticle: 'Show it in the article',
  wholeDiscussion: 'The whole discussion',
  wholeThread: (count: number) => `The whole thread: ${counted(count, 'comment', 'comments')}`,
  onArticle: 'On the whole article',
  wordingNow: (words: string) => `It now reads: “${words}”`,
  gone: 'These words are no longer in the article.',
  comment: (name: string) => `Comment by ${name}`,
  answerTo: (name: string) => `answers ${name}`,
  link: 'Link to this comment',
  edited: 'edited',
  removed: 'Removed.',
  empty: 'Nobody has said anything here yet.',
  next: 'Next page',
  feed: 'Feed (Atom)',
  unknownPerson: 'Somebody',
  withoutScript: 'Read the discussion of this article (it takes no JavaScript)',
}
