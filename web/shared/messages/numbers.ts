import type {
  ArticleNumbers,
  NumbersDays,
  NumbersOrder,
  PassageNumbers,
  SiteNumbers,
} from '../../../core/contract/numbers.ts'
import { count } from './count.ts'
import { duration } from './transparency.ts'

type Row = [name: string, value: string]
type Said = Pick<PassageNumbers, 'threads' | 'comments' | 'followers' | 'medianMinutes'>

const digits = (n: number) => n.toLocaleString('en')
/** How long a first answer took. */
const took = (minutes: number) => (minutes < 1 ? 'under a minute' : duration(minutes))
/** The same in a table, with a dash where there was none. */
const answered = (minutes: number | null) => (minutes === null ? '–' : took(minutes))
const days: Record<NumbersDays, string> = { 7: '7 days', 30: '30 days', 365: '365 days' }
const orders: Record<NumbersOrder, string> = { comments: 'Most comments', newest: 'Newest comment' }
const columns = {
  article: 'Article',
  passage: 'Passage',
  comments: 'Comments',
  threads: 'Threads',
  readers: 'Readers',
  followers: 'Followers',
  median: 'First answer after',
  last: 'Last comment',
}

const totals = (of: Said & { readers: number }): Row[] => [
  [columns.comments, digits(of.comments)],
  [columns.threads, digits(of.threads)],
  [columns.readers, digits(of.readers)],
  [columns.followers, digits(of.followers)],
  ['First answer after, median', answered(of.medianMinutes)],
]

/** What the console says of how much is said and read. */
export const numbersText = {
  title: 'Numbers',
  help: 'How much is said and read, article by article, of what readers see. Readers are those who opened the discussion, or a passage of it, each once a day; who they were is kept nowhere.',
  period: 'The last',
  days,
  order: 'First',
  orders,
  download: 'Download as CSV',
  loading: 'Counting…',
  none: (of: NumbersDays) => `Nothing was said or read in the last ${days[of]}.`,
  noneHelp: 'Choose more days, or come back when readers have found the marks beside the text.',
  more: 'Show more',
  table: 'Articles in numbers',
  columns,
  digits,
  answered,
  totals: (of: NonNullable<SiteNumbers['totals']>): Row[] => [
    ['Articles', digits(of.articles)],
    ...totals(of),
  ],
  back: 'All articles',
  articleTotals: (of: ArticleNumbers['totals']) => totals(of),
  toArticle: 'The article',
  toDiscussion: 'Its discussion',
  text: 'Where it is discussed',
  textHelp:
    'The more comments a passage has, the thicker the line beside it; the number says how many, and leads to them.',
  noText: 'The server has not read the text of this article. The passages are listed below.',
  quiet: (of: NumbersDays) => `Nobody commented on it in the last ${days[of]}.`,
  ofBlock: ({ comments, threads, readers, followers, medianMinutes }: PassageNumbers) =>
    [
      `${count(comments, 'comment', 'comments')} in ${count(threads, 'thread', 'threads')}`,
      ...(readers > 0 ? [count(readers, 'reader', 'readers')] : []),
      ...(followers > 0 ? [count(followers, 'follower', 'followers')] : []),
      ...(medianMinutes === null ? [] : [`first answer after ${took(medianMinutes)}`]),
    ].join(', '),
  passages: 'Passages, the most discussed first',
  whole: 'The whole article',
  lost: (quote: string) => `Gone from the text: “${quote}”`,
}
