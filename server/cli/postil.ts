import { readFile } from 'node:fs/promises'
import type { KeyObject } from 'node:crypto'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { verifyAnchors } from '../anchoring/index.ts'
import { decideRevision, formatOf, heldRevisions, importArticle, saveArticle } from '../articles/index.ts'
import { auditKey } from '../audit/index.ts'
import { readConfig } from '../config.ts'
import { connect, type Database } from '../database/connect.ts'
import { embeddedPostgres } from '../database/embedded.ts'
import { migrateToLatest } from '../database/migrate.ts'
import { findSite, type Site } from '../sites/index.ts'
import { verifyLog } from '../comments/index.ts'
import { checkpoint, printKey, verifyChain } from './audit.ts'
import { setTwoPeople } from './two-people.ts'
import { eraseOne, eraseUser, printArchive } from './privacy.ts'
import { examinePage } from './doctor.ts'
import { exportTo, restoreFrom } from './export.ts'
import { changeFeeds, listFeeds } from './feeds.ts'
import { importFile, sourceOf } from './import.ts'
import { changeKeys, listKeys } from './keys.ts'
import { setSignIn } from './sign-in.ts'
import { setSite } from './site.ts'
import { isOn, UsageError } from './usage-error.ts'
import { addUser } from './users.ts'
import { changeWebhooks, listWebhooks } from './webhooks.ts'

const usage = `Usage: npm run postil -- <verb>

  migrate                                     bring the database to the newest schema
  import article FILE|URL --site SLUG         read an article: plain text, Markdown or HTML
         [--url ADDRESS]                      where it stands on the site, so that the embed finds it
         [--slug NAME]                        its short name in /a/NAME; made from the title otherwise
         [--language TAG]                     its language, where the file does not say
  import disqus|wordpress|commento|remark42|isso|generic FILE --site SLUG
                                              read the comments that another program has exported
         [--dry-run]                          say what would come of it, and write nothing
         [--map OLD=NEW…]                     how addresses begin in the file, and here
  export [FILE] --site SLUG                   write all there is of a site, to leave with or to keep
         [--format annotations]               only what readers see at passages, as W3C Web Annotations
  import postil FILE                          read such an export into an empty Postil
  site SLUG [--name NAME] [--origin ORIGIN…]  make a site, or change what is named of it; prints its script tag
         [--guests on|off]                    whether one may comment with a name and no account
  sign-in --site SLUG                         how people sign in on the site by other accounts than Postil's
          [--jwks URL|off]                    where the public keys of its tokens are
          [--moderators on|off]               whether a token or the provider may name moderators
          [--oidc-issuer URL|off --oidc-client ID] [--oidc-name NAME]
                                              its provider of OpenID Connect
  user EMAIL --site SLUG --role ROLE          give somebody a role
         [--section PATH…]                    as a moderator of these sections only: /sport
         [--name NAME]                        in a new account; its password comes from POSTIL_PASSWORD
  user archive EMAIL                          print all that is kept about somebody, as JSON Lines
  user erase EMAIL [--keep-comments]          erase an account, with its comments or but for those that readers see
                                              for both, --subject SUBJECT --site SLUG in place of EMAIL: by the
                                              id that a token or the provider gives
  comment erase ID --site SLUG                erase one comment for good
  doctor URL [--site SLUG]                    say whether the embed is set up right on a page, and what to change
  feeds --site SLUG                           the feeds and sitemaps that are read for new and changed articles
  feed add|drop URL --site SLUG               have one read, or no longer: RSS, Atom, a sitemap or an index of them
  keys --site SLUG                            the keys that the site's own servers sign with
  key push|sign_in --site SLUG                make one, and print it this once; an older one holds for a week more
  key revoke ID --site SLUG                   end one at once
  webhooks --site SLUG                        the addresses that are told what happens on the site, and how that goes
  webhook add URL --site SLUG                 have one told, and print its secret this once
          [--event TYPE…]                     of these only: comment.created
  webhook drop|enable|disable|rotate ID --site SLUG
                                              drop one, pause it, or make it a new secret
  webhook test ID --site SLUG                 send it a test, and say what was answered
  webhook resend ID [MESSAGE] --site SLUG     send again what was given up, or one message
  verify [anchors] --site SLUG                check the audit chain and the event logs; or the places of all threads
  verify audit --site SLUG                    check the audit chain alone, and
         [--checkpoint FILE]                  whether it still has what a checkpoint kept elsewhere says
         [--key FILE…]                        signatures, with these public keys beside the server's own
  audit checkpoint [--print] --site SLUG      sign where the audit log stands, and print it, to be kept elsewhere
  audit key                                   print the public half of the key that checkpoints are signed with
  two-people on|off --site SLUG               whether a ban and a change of the rules want two people; holds at once
  revisions --site SLUG                       texts that wait because they look like another article's
  revision take|drop NAME NUMBER --site SLUG  take one as the article's text, or drop it
`

const stateFolder = fileURLToPath(new URL('../../.postil/', import.meta.url))

const options = {
  site: { type: 'string' },
  url: { type: 'string' },
  slug: { type: 'string' },
  language: { type: 'string' },
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
  role: { type: 'string' },
  section: { type: 'string', multiple: true },
  checkpoint: { type: 'string' },
  key: { type: 'string', multiple: true },
  print: { type: 'boolean' },
  'keep-comments': { type: 'boolean' },
  map: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  jwks: { type: 'string' },
  moderators: { type: 'string' },
  'oidc-issuer': { type: 'string' },
  'oidc-client': { type: 'string' },
  'oidc-name': { type: 'string' },
  subject: { type: 'string' },
  guests: { type: 'string' },
  event: { type: 'string', multiple: true },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

async function runVerb(
  db: Database,
  [verb, ...rest]: string[],
  values: Options,
  key: KeyObject | null,
): Promise<void> {
  if (verb === 'import' && rest[0] === 'article' && rest[1]) return importFrom(db, rest[1], values)
  if (verb === 'import' && rest[0] === 'postil' && rest[1]) return restoreFrom(db, rest[1])
  if (verb === 'export') return exportTo(db, await siteOf(db, values), rest[0], values.format)
  const source = verb === 'import' ? sourceOf(rest[0]) : null
  if (source !== null && rest[1]) {
    const how = { map: values.map, dryRun: values['dry-run'] ?? false }
    return importFile(db, await siteOf(db, values), source, rest[1], how)
  }
  if (verb === 'site' && rest[0]) {
    const { name, origin: origins, guests } = values
    const takesGuests = guests === undefined ? undefined : isOn('--guests', guests)
    return setSite(db, { slug: rest[0], name, origins, takesGuests }, process.env['PUBLIC_URL'] ?? null)
  }
  if (verb === 'sign-in') return setSignIn(db, await siteOf(db, values), values)
  if (verb === 'user' && (rest[0] === 'archive' || rest[0] === 'erase') && (rest[1] ?? values.subject)) {
    const who =
      values.subject === undefined
        ? { email: rest[1] ?? '' }
        : { site: await siteOf(db, values), subject: values.subject }
    if (rest[0] === 'archive') return printArchive(db, who)
    return eraseUser(db, who, values['keep-comments'] ? 'keep' : 'erase')
  }
  if (verb === 'user' && rest[0]) return addUser(db, await siteOf(db, values), rest[0], values)
  if (verb === 'comment' && rest[0] === 'erase' && rest[1])
    return eraseOne(db, await siteOf(db, values), rest[1])
  if (verb === 'doctor' && rest[0]) {
    const where = { site: values.site ?? null, base: process.env['PUBLIC_URL'] ?? null }
    if (!(await examinePage(db, rest[0], where))) process.exitCode = 1
    return
  }
  if (verb === 'feeds') return listFeeds(db, await siteOf(db, values))
  if (verb === 'feed' && rest[0]) return changeFeeds(db, await siteOf(db, values), rest)
  if (verb === 'keys') return listKeys(db, await siteOf(db, values))
  if (verb === 'key' && rest[0]) return changeKeys(db, await siteOf(db, values), rest)
  if (verb === 'webhooks') return listWebhooks(db, await siteOf(db, values))
  if (verb === 'webhook' && rest[0]) {
    const { fetchPrivate } = readConfig(process.env)
    return changeWebhooks(db, await siteOf(db, values), rest, { event: values.event, fetchPrivate })
  }
  if (verb === 'verify' && rest[0] === 'anchors') return verifyPlaces(db, await siteOf(db, values))
  if (verb === 'verify' && rest[0] === 'audit') {
    if (!(await verifyChain(db, await siteOf(db, values), key, values))) process.exitCode = 1
    return
  }
  if (verb === 'verify') return verify(db, await siteOf(db, values), key)
  if (verb === 'audit' && rest[0] === 'key') return printKey(key)
  if (verb === 'audit' && rest[0] === 'checkpoint')
    return checkpoint(db, await siteOf(db, values), key, values.print ?? false)
  if (verb === 'two-people' && (rest[0] === 'on' || rest[0] === 'off'))
    return setTwoPeople(db, await siteOf(db, values), rest[0] === 'on')
  if (verb === 'revisions') return listRevisions(db, await siteOf(db, values))
  if (verb === 'revision' && rest[1]) return decide(db, rest, values)
  throw new UsageError(usage)
}

async function importFrom(db: Database, from: string, values: Options): Promise<void> {
  const site = await siteOf(db, values)
  const isAddress = /^https?:\/\//i.test(from)
  const { name, source } = isAddress
    ? await fetchPage(from)
    : { name: basename(from), source: await readText(from) }
  const url = values.url ?? (isAddress ? from : undefined)
  const article = importArticle({ source, format: formatOf(name, source), ...(url !== undefined && { url }) })
  if (values.language !== undefined) article.language = values.language
  const saved = await saveArticle(db, site, article, { url, slug: values.slug })
  console.log(article.title)
  console.log(
    `  ${[article.byline, article.publishedAt?.slice(0, 10), article.language, article.direction].filter(Boolean).join(' · ')}`,
  )
  console.log(
    `  ${article.blocks.length} blocks, revision ${saved.revision}${saved.changed ? '' : ' (unchanged)'}, at /a/${saved.slug}`,
  )
  for (const { kind, detail } of article.report) console.log(`  ${kind}: ${detail}`)
  if (saved.doubt !== null) {
    const at = `${saved.slug} ${saved.revision} --site ${site.slug}`
    console.log(`  Not shown yet. ${saved.doubt}`)
    console.log(`  Is it the article's text? npm run postil -- revision take ${at}`)
    console.log(`  Is it not?                npm run postil -- revision drop ${at}`)
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The operator names the address, so it may be any; a reader never can. */
async function fetchPage(address: string): Promise<{ name: string; source: string }> {
  const answer = await fetch(address, {
    signal: AbortSignal.timeout(30_000),
    headers: { accept: 'text/html, text/markdown, text/plain' },
  })
  if (!answer.ok) throw new UsageError(`${address} answers ${answer.status}.`)
  const type = answer.headers.get('content-type') ?? ''
  return {
    name: type.includes('html') ? 'page.html' : new URL(address).pathname,
    source: await answer.text(),
  }
}

async function verify(db: Database, site: Site, key: KeyObject | null): Promise<void> {
  const isWhole = await verifyChain(db, site, key)
  const log = await verifyLog(db, site.id)
  console.log(
    `Logs:  ${log.articles} articles, ${log.faults.length === 0 ? 'no gaps, counts right' : log.faults.join('; ')}.`,
  )
  if (!isWhole || log.faults.length > 0) process.exitCode = 1
}

async function verifyPlaces(db: Database, site: Site): Promise<void> {
  const { anchors, faults } = await verifyAnchors(db, site.id)
  console.log(
    `Anchors: ${anchors} looked at, ${faults.length === 0 ? 'all where they belong' : `${faults.length} not`}.`,
  )
  for (const fault of faults) console.log(`  ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}

async function listRevisions(db: Database, site: Site): Promise<void> {
  const held = await heldRevisions(db, site.id)
  if (held.length === 0) return console.log('No text waits.')
  for (const { article, revision, doubt } of held)
    console.log(`${article.slug} ${revision}: ${article.title}\n  ${doubt}`)
}

async function decide(db: Database, [way, slug, number]: string[], values: Options): Promise<void> {
  const site = await siteOf(db, values)
  if ((way !== 'take' && way !== 'drop') || !slug || !/^\d{1,9}$/.test(number ?? ''))
    throw new UsageError(usage)
  const held = await heldRevisions(db, site.id, slug)
  const found = held.find(({ revision }) => revision === Number(number))
  const at = found && { siteId: site.id, articleId: found.article.id }
  if (!at || !(await decideRevision(db, at, Number(number), way === 'take' ? 'taken' : 'dropped')))
    throw new UsageError(
      `No revision ${number ?? ''} of ${slug} waits. See: npm run postil -- revisions --site ${site.slug}`,
    )
  console.log(
    way === 'take'
      ? `Revision ${number ?? ''} is the text of ${slug} now.`
      : `Revision ${number ?? ''} is dropped.`,
  )
}

async function siteOf(db: Database, values: Options): Promise<Site> {
  if (values.site === undefined) throw new UsageError('Name the site: --site SLUG')
  const site = await findSite(db, values.site)
  if (!site)
    throw new UsageError(
      `There is no site "${values.site}". Make it: npm run postil -- site ${values.site} --name NAME --origin https://…`,
    )
  return site
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const config = readConfig(process.env)
  if (positionals.length === 0) throw new UsageError(usage)
  const isEmbedded = config.databaseUrl === null
  const key = await auditKey(config.auditKey, isEmbedded ? join(stateFolder, 'audit-key.pem') : null)
  const postgres =
    config.databaseUrl === null
      ? await embeddedPostgres({ directory: stateFolder, durable: true })
      : { url: config.databaseUrl, stop: () => Promise.resolve() }
  const db = connect(postgres.url, { connections: 2 })
  try {
    const ran = await migrateToLatest(postgres.url)
    if (positionals[0] === 'migrate')
      console.log(ran.length === 0 ? 'The schema is the newest.' : `Ran ${ran.join(', ')}.`)
    else await runVerb(db, positionals, values, key)
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
})
