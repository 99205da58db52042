import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A folder for files to be imported, gone when the test file is done. */
export async function folderForFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'postil-import-'))
  return {
    path: (name: string) => join(folder, name),
    async file(name: string, content: string | Buffer): Promise<string> {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export const page = 'https://paper.example/tides'
export const quote = 'the water rises twice in a little more than a day'
const answer = 'I saw this myself.'

export const disqus = `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>t</id><link>${page}</link><title>Tides</title><createdAt>2012-01-01T00:00:00Z</createdAt></thread>
<post dsq:id="11"><message><![CDATA[<blockquote>${quote}</blockquote><p>Is <b>that</b> so? <script>alert(1)</script><a href="javascript:alert(1)">x</a></p>]]></message>
<createdAt>2012-01-02T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ada</name><email>ada@mail.example</email><isAnonymous>false</isAnonymous><username>ada</username></author><thread dsq:id="1"/></post>
<post dsq:id="12"><message><![CDATA[<p>${answer}</p>]]></message>
<createdAt>2012-01-03T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Bo</name><isAnonymous>true</isAnonymous></author><thread dsq:id="1"/><parent dsq:id="11"/></post>
<post dsq:id="13"><message>Buy now</message>
<createdAt>2012-01-04T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam>
<author><name>Shop</name></author><thread dsq:id="1"/></post>
</disqus>`

export const wordpress = `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Tides</title><link>${page}</link>
<wp:post_id>4</wp:post_id>
<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_author_email>ada@mail.example</wp:comment_author_email><wp:comment_date_gmt>2012-01-02 00:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[“${quote}” – is <b>that</b> so?]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_author>Bo</wp:comment_author>
<wp:comment_date_gmt>2012-01-03 00:00:00</wp:comment_date_gmt><wp:comment_content>${answer}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>11</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>13</wp:comment_id><wp:comment_author>Shop</wp:comment_author>
<wp:comment_date_gmt>2012-01-04 00:00:00</wp:comment_date_gmt><wp:comment_content>Buy now</wp:comment_content>
<wp:comment_approved>spam</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item></channel></rss>`

export const commento = JSON.stringify({
  version: 1,
  comments: [
    ['11', 'a', `> ${quote}\n\nIs **that** so?`, 'root', 'approved', '2012-01-02T00:00:00Z'],
    ['12', 'b', answer, '11', 'approved', '2012-01-03T00:00:00Z'],
    ['13', 'anonymous', 'Buy now', 'root', 'spam', '2012-01-04T00:00:00Z'],
  ].map(([commentHex, commenterHex, markdown, parentHex, state, creationDate]) => ({
    commentHex,
    commenterHex,
    markdown,
    parentHex,
    state,
    creationDate,
    domain: 'paper.example',
    path: '/tides',
    html: '',
    deleted: false,
  })),
  commenters: [
    { commenterHex: 'a', name: 'Ada', email: 'ada@mail.example' },
    { commenterHex: 'b', name: 'Bo', email: '' },
  ],
})

export const remark42 = [
  { version: 1, users: [], posts: [] },
  ...[
    ['11', '', 'Ada', `> ${quote}\n\nIs **that** so?`, '2012-01-02T00:00:00Z', false] as const,
    ['12', '11', 'Bo', answer, '2012-01-03T00:00:00Z', false] as const,
    ['13', '', 'Shop', '', '2012-01-04T00:00:00Z', true] as const,
  ].map(([id, pid, name, orig, time, isDeleted]) => ({
    id,
    pid,
    text: '',
    orig,
    user: { name, id: `google_${name}` },
    locator: { site: 'paper', url: page },
    time,
    delete: isDeleted,
  })),
]
  .map((line) => JSON.stringify(line))
  .join('\n')

export const generic = JSON.stringify([
  {
    comments: [
      {
        id: 11,
        author: 'Ada',
        email: 'ada@mail.example',
        created: '2012-01-02 00:00:00',
        text: `> ${quote}\n\nSo?`,
      },
      { id: 12, parent: 11, author: 'Bo', created: '2012-01-03 00:00:00', text: answer },
      { id: 13, author: 'Shop', created: '2012-01-04 00:00:00', text: 'Buy now', state: 'spam' },
    ],
    id: '/tides',
    title: 'Tides',
  },
])

/** Writes isso's database. */
export function writeIsso(path: string): string {
  const db = new DatabaseSync(path)
  db.exec(`
    create table threads (id integer primary key, uri varchar(256) unique, title varchar(256));
    create table comments (
      tid references threads (id), id integer primary key, parent integer, created float not null, modified float,
      mode integer, remote_addr varchar, text varchar, author varchar, email varchar, website varchar,
      likes integer default 0, dislikes integer default 0, voters blob not null default x'', notification integer default 0
    );
    insert into threads values (1, '/tides', 'Tides');
  `)
  const add = db.prepare(
    'insert into comments (tid, id, parent, created, mode, text, author, email) values (1,?,?,?,?,?,?,?)',
  )
  const at = Date.UTC(2012, 0, 2) / 1000
  add.run(11, null, at, 1, `> ${quote}\n\nIs **that** so?`, 'Ada', 'ada@mail.example')
  add.run(12, 11, at + 86_400, 1, answer, 'Bo', null)
  add.run(13, null, at + 172_800, 4, '', 'Shop', null)
  db.close()
  return path
}
