/** An address of the web, or null: nothing else is made a link. */
export const webAddress = (url: string | null): string | null => (url && /^https?:/.test(url) ? url : null)

/** Where the server shows an article that it has the text of. */
export const readingAddress = (slug: string): string => `/a/${encodeURIComponent(slug)}`

/** Where an article is read: on its publisher's site, else on this server. */
export const articleAddress = ({ url, slug }: { url: string | null; slug: string }): string =>
  webAddress(url) ?? readingAddress(slug)

/** Where the server has a discussion's pages: permalinks. */
export const addressOf = {
  discussion: (article: string) => `/d/${article}`,
  thread: (article: string, thread: string) => `/d/${article}/${thread}`,
  comment: (comment: string) => `/c/${comment}`,
  report: (comment: string) => `/report/${comment}`,
}
