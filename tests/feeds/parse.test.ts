import { expect, test } from 'vitest'
import { parseFeed } from '../../server/feeds/parse.ts'

const base = 'https://news.example/feeds/all.xml'
const read = async (source: string) => {
  const feed = await parseFeed(source, base)
  return (
    feed && [feed.kind, ...feed.entries.map(({ url, changedAt }) => [url, changedAt?.toISOString() ?? null])]
  )
}

const feeds: [string, string, unknown][] = [
  [
    'RSS 2.0, whose own link is no page, with an identifier that is an address and one that is none',
    `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
      <link>https://news.example/</link><atom:link href="https://news.example/feeds/all.xml" rel="self"/>
      <item><title>One</title><link>https://news.example/one</link><guid isPermaLink="false">7</guid>
        <pubDate>Mon, 05 Oct 2026 10:00:00 +0200</pubDate></item>
      <item><guid>https://news.example/two</guid></item>
      <item><link><![CDATA[ https://news.example/three?a=1&b=2 ]]></link>
        <pubDate>yesterday, about noon</pubDate></item>
      <item><title>Nothing to go to</title></item>
    </channel></rss>`,
    [
      'RSS',
      ['https://news.example/one', '2026-10-05T08:00:00.000Z'],
      ['https://news.example/two', null],
      ['https://news.example/three?a=1&b=2', null],
    ],
  ],
  [
    'RSS 1.0 (RDF), with dates of Dublin Core',
    `<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><channel><link>https://news.example/</link></channel>
      <item><link>https://news.example/one</link><dc:date>2026-10-05T08:00:00Z</dc:date></item></rdf:RDF>`,
    ['RSS', ['https://news.example/one', '2026-10-05T08:00:00.000Z']],
  ],
  [
    'Atom, by the link to the page, relative to the feed, and the later of two dates',
    `<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><updated>2026-10-09T00:00:00Z</updated>
      <entry><link rel="self" href="/feeds/1"/><link rel="alternate" href="../one"/><link rel="enclosure" href="/a.mp3"/>
        <published>2026-10-05T08:00:00Z</published><updated>2026-10-06T08:00:00Z</updated>
        <source><updated>2030-01-01T00:00:00Z</updated></source></entry></feed>`,
    ['Atom', ['https://news.example/one', '2026-10-06T08:00:00.000Z']],
  ],
  [
    'a sitemap, with images and news in it',
    `<urlset xmlns="s" xmlns:image="i" xmlns:news="n">
      <url><loc>https://news.example/one</loc><lastmod>2026-10-05</lastmod>
        <image:image><image:loc>https://news.example/one.jpg</image:loc></image:image></url>
      <url><loc>https://news.example/two</loc>
        <news:news><news:publication_date>2026-10-06T08:00:00Z</news:publication_date></news:news></url>
    </urlset>`,
    [
      'sitemap',
      ['https://news.example/one', '2026-10-05T00:00:00.000Z'],
      ['https://news.example/two', '2026-10-06T08:00:00.000Z'],
    ],
  ],
  [
    'an index of sitemaps',
    `<sitemapindex><sitemap><loc>https://news.example/october.xml</loc><lastmod>2026-10-31</lastmod></sitemap></sitemapindex>`,
    ['sitemap index', ['https://news.example/october.xml', '2026-10-31T00:00:00.000Z']],
  ],
  [
    'what is cut off: the part that is there',
    `<rss><channel><item><link>https://news.example/one</link></item><item><link>https://news.ex`,
    ['RSS', ['https://news.example/one', null]],
  ],
  [
    'an ampersand that is none of XML’s: the rest',
    `<rss><channel><title>Q & A</title><item><title>B&O</title><link>https://news.example/one</link></item></channel></rss>`,
    ['RSS', ['https://news.example/one', null]],
  ],
  [
    'entities that would grow without end: not expanded',
    `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <rss><channel><item><link>https://news.example/&b;</link></item></channel></rss>`,
    ['RSS', ['https://news.example/&b;', null]],
  ],
  ['a page', '<!doctype html><html><body><a href="/one">One</a></body></html>', null],
  ['nothing', '', null],
]

test.each(feeds)('reads %s', async (_name, source, expected) => {
  expect(await read(source)).toEqual(expected)
})

test('reads as many entries as one sitemap may have, and lets others have their turn', async () => {
  const urls = Array.from({ length: 50_010 }, (_, nth) => `<url><loc>https://news.example/${nth}</loc></url>`)
  let turns = 0
  const timer = setInterval(() => (turns += 1), 0)
  const feed = await parseFeed(`<urlset>${urls.join('')}</urlset>`, base)
  clearInterval(timer)
  expect(feed?.entries).toHaveLength(50_000)
  expect(turns).toBeGreaterThan(1)
})
