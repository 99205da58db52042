/** What an article is in a file: its comments say `key`. */
export interface SourceArticle {
  key: string
  /** Where it stood: an address, or a path on the site. */
  url: string
  title: string | null
  publishedAt: string | null
  /** Set where the file counts comments per article: with it their ids are good beyond the article. */
  scope: string | null
}

export interface SourceAuthor {
  /** The same for all comments of one person, as far as the file can tell. */
  key: string
  name: string
  email: string | null
}

export type SourceState = 'approved' | 'pending' | 'spam' | 'deleted'

export interface SourceComment {
  id: string
  parent: string | null
  article: string
  author: string
  createdAt: string
  state: SourceState
  text: string
  markup: 'html' | 'markdown'
}

/** Where something stands in the file, for a person who looks for it there. */
export type Spot = `line ${number}` | `byte ${number}` | `row ${number}` | 'the end'

/** What a reader of a format hands on, in the order of the file. */
export interface Sink {
  article(article: SourceArticle): void
  author(author: SourceAuthor): void
  comment(comment: SourceComment, spot: Spot): void
  /** Something that cannot be read: the rest is. */
  fault(spot: Spot, reason: string): void
}

/** Reads a format: hands on what it finds, and never more than a piece of the file is in memory. */
export type Reader = (file: string, sink: Sink) => Promise<void>

/** An author of whom a file says no more than name and address. Two who share a name and an address are one. */
export function authorOf(name: string, email: string): SourceAuthor {
  const address = email.trim()
  return {
    key: JSON.stringify([name.trim(), address.toLowerCase()]),
    name: name.trim(),
    email: address === '' ? null : address,
  }
}
