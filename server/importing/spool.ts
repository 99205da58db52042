import { DatabaseSync } from 'node:sqlite'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { nullable } from '../../core/contract/common.ts'
import type { Sink } from './source.ts'

const Text = Type.String()

/** A comment as it is written: with its article's address, its tree, and its author. */
const Spooled = Type.Object({
  n: Type.Integer(),
  id: Text,
  parent: nullable(Type.Integer()),
  root: Type.Integer(),
  at: Type.Integer(),
  state: Type.Union([
    Type.Literal('approved'),
    Type.Literal('pending'),
    Type.Literal('spam'),
    Type.Literal('deleted'),
  ]),
  text: Text,
  markup: Type.Union([Type.Literal('html'), Type.Literal('markdown')]),
  spot: Text,
  author: Text,
  name: nullable(Text),
  email: nullable(Text),
})
export type Spooled = Static<typeof Spooled>

const ArticleRow = Type.Object({
  key: Text,
  url: Text,
  title: nullable(Text),
  publishedAt: nullable(Text),
})
const Link = Type.Object({
  n: Type.Integer(),
  parent: nullable(Text),
  parentN: nullable(Type.Integer()),
  hasArticle: Type.Integer(),
  spot: Text,
})
const Group = Type.Object({
  address: Text,
  title: nullable(Text),
  publishedAt: nullable(Text),
  first: Type.Integer(),
  count: Type.Integer(),
})
export type Group = Static<typeof Group>

const [size, spooled, articleRow, link, group] = [
  Compile(Type.Object({ n: Type.Integer() })),
  Compile(Spooled),
  Compile(ArticleRow),
  Compile(Link),
  Compile(Group),
]

/** So many insertions are one step of SQLite's. */
const step = 5_000

/**
 * What was read of a file, in a temporary database on disk that is gone with the process: so a file of any size, in any order,
 * is put in order without being held in memory.
 */
export class Spool {
  readonly #db = new DatabaseSync('')
  readonly #addArticle
  readonly #addAuthor
  readonly #addComment
  #added = 0

  constructor() {
    this.#db.exec(`
      pragma journal_mode = off;
      pragma synchronous = off;
      create table article (
        key text primary key, url text not null, title text, published text, scope text, address text
      );
      create table author (key text primary key, name text not null, email text);
      create table comment (
        n integer primary key, id text not null, parent text, article text not null, author text not null,
        at integer not null, state text not null, text text not null, markup text not null, spot text not null,
        parent_n integer, root integer, depth integer
      );
      create unique index comment_id on comment (article, id);
      create index article_address on article (address);
      begin;
    `)
    this.#addArticle = this.#db.prepare(
      'insert into article (key, url, title, published, scope) values (?, ?, ?, ?, ?) on conflict do nothing',
    )
    // The first name counts, and the first address there is.
    this.#addAuthor = this.#db.prepare(
      'insert into author values (?, ?, ?) on conflict do update set email = coalesce(email, excluded.email)',
    )
    this.#addComment = this.#db.prepare(`
      insert into comment (id, parent, article, author, at, state, text, markup, spot)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
    `)
  }

  /** Keeps what a reader hands on. @param dated what a date is in milliseconds, with a word of what was wrong with it */
  sink(fault: Sink['fault'], dated: (date: string) => { at: number; wrong: string | null }): Sink {
    return {
      fault,
      article: ({ key, url, title, publishedAt, scope }) =>
        void this.#addArticle.run(key, url, title, publishedAt, scope),
      author: ({ key, name, email }) => void this.#addAuthor.run(key, name, email),
      comment: (one, spot) => {
        if (one.id === '') return fault(spot, 'a comment has no id: left out')
        const { at, wrong } = dated(one.createdAt)
        const { id, parent, article, author, state, text, markup } = one
        const { changes } = this.#addComment.run(id, parent, article, author, at, state, text, markup, spot)
        if (changes === 0) return fault(spot, `comment ${id} is there twice: the first one counts`)
        if (wrong !== null) fault(spot, `comment ${id} ${wrong}`)
        if (text.includes('\ufffd')) fault(spot, `comment ${id} has bytes that are no text: kept as \ufffd`)
        if ((this.#added += 1) % step === 0) this.#db.exec('commit; begin')
      },
    }
  }

  /** Gives each article the address that `addressOf` makes of what the file says; null: its comments are left out. */
  address(addressOf: (url: string) => string | null): void {
    const set = this.#db.prepare('update article set address = ? where key = ?')
    const rows = this.#db.prepare('select key, url, title, published as "publishedAt" from article').all()
    for (const row of rows) {
      const { key, url } = articleRow.Parse(row)
      set.run(addressOf(url), key)
    }
  }

  /** How many comments there are, which are numbered from 1. */
  get size(): number {
    return size.Parse(this.#db.prepare('select count(*) as n from comment').get()).n
  }

  /** All comments, for whoever puts them in order: each with what it answers, as far as that is there. */
  *links(): Generator<Static<typeof Link>> {
    const rows = this.#db.prepare(`
      select comment.n, comment.parent, above.n as "parentN", article.address is not null as "hasArticle", comment.spot
      from comment
      left join article on article.key = comment.article
      left join comment as above on above.article = comment.article and above.id = comment.parent
      order by comment.n
    `)
    for (const row of rows.iterate()) yield link.Parse(row)
  }

  /** Keeps where a comment is: what it answers, the first of its tree, and how far down from it. */
  place(places: Iterable<{ n: number; parent: number | null; root: number; depth: number }>): void {
    const set = this.#db.prepare('update comment set parent_n = ?, root = ?, depth = ? where n = ?')
    for (const { n, parent, root, depth } of places) set.run(parent, root, depth, n)
  }

  /** The articles that have comments, by address: a file may know one under several names. */
  groups(): Group[] {
    const rows = this.#db
      .prepare(
        `
        select article.address, min(article.title) as title, min(article.published) as "publishedAt",
          min(comment.at) as first, count(*) as count
        from comment join article on article.key = comment.article
        where comment.root is not null
        group by article.address order by article.address
      `,
      )
      .all()
    return rows.map((row) => group.Parse(row))
  }

  /** An article's comments, tree by tree in the order of their beginnings, and in each tree from the top down. */
  *comments(address: string): Generator<Spooled> {
    const rows = this.#db.prepare(`
      select comment.n, coalesce(article.scope || '/', '') || comment.id as id, comment.parent_n as parent, comment.root,
        comment.at, comment.state, comment.text, comment.markup, comment.spot, comment.author, author.name, author.email
      from article
      -- In this order: without figures, SQLite would go through all comments for each article.
      cross join comment on comment.article = article.key
      cross join comment as top on top.n = comment.root
      left join author on author.key = comment.author
      where article.address = ?
      order by top.at, comment.root, comment.depth, comment.at, comment.n
    `)
    for (const row of rows.iterate(address)) yield spooled.Parse(row)
  }

  close(): void {
    this.#db.close()
  }
}
