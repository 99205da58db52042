import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { describe, describeBlock } from '../../../core/anchoring/index.ts'
import type { Anchor } from '../../../core/contract/anchor.ts'
import type { CommentView } from '../../../core/contract/threads.ts'
import { blockTexts, importArticle, saveArticle } from '../../../server/articles/index.ts'
import { sessions, type Actor } from '../../../server/people/index.ts'
import { findSite, type Site } from '../../../server/sites/index.ts'
import { post } from '../../../server/threads/index.ts'
import { openTranslating } from '../../setup/translating.ts'
import { openPublisher } from '../publisher.ts'
import { openStage, type Stage } from '../stage.ts'
import { htmlOf, languages, type Language } from './languages.ts'
import { newPerson } from './people.ts'

/** On what, and in what language, a state is looked at. */
export interface Setting {
  name: string
  language: keyof typeof languages
  options: BrowserContextOptions
}

/** What a comment is on: a paragraph by its number, or words of it; the whole article; a comment that it answers. */
type Spot = { paragraph: number; words?: string } | { answers: CommentView } | 'article'
type Prepare = (page: Page) => Promise<unknown>

/** What all scenes share. */
export interface House {
  stage: Stage
  publisher: Awaited<ReturnType<typeof openPublisher>>
  pages: Parameters<typeof openPublisher>[1]
  site: Site
  close(): Promise<void>
}

/** Opens the server, the browser and a publisher. */
export async function openHouse(): Promise<House> {
  // Nothing is ever sent there: it lets readers choose mail.
  const machine = await openTranslating()
  const stage = await openStage('smtp://127.0.0.1:9', { translate: { url: machine.url, key: null } })
  const pages: House['pages'] = {}
  const publisher = await openPublisher(stage, pages)
  const site = await findSite(stage.db, 'demo')
  if (!site) throw new Error('the demo site is missing')
  return {
    stage,
    publisher,
    pages,
    site,
    async close() {
      await publisher.close()
      await stage.close()
      await machine.close()
    },
  }
}

/** An article of its own with people of its own, so that no state sees what was done for another. */
export class Scene {
  readonly house: House
  readonly setting: Setting
  readonly language: Language
  readonly ada: Actor
  readonly bela: Actor
  /** Who looks, where somebody is signed in. */
  readonly me: Actor
  articleId = ''
  readonly #path: string
  readonly #contexts: BrowserContext[] = []
  #html: string
  #texts: string[] = []

  private constructor(house: House, setting: Setting, people: [Actor, Actor, Actor]) {
    this.house = house
    this.setting = setting
    this.language = languages[setting.language]
    ;[this.ada, this.bela, this.me] = people
    this.#path = `/${this.me.id}`
    this.#html = htmlOf(this.language)
  }

  static async begin(house: House, setting: Setting): Promise<Scene> {
    const { ada, bela, me } = languages[setting.language].names
    const person = (name: string) => newPerson(house.stage.db, name)
    const scene = new Scene(house, setting, [await person(ada), await person(bela), await person(me)])
    await scene.edit((html) => html)
    return scene
  }

  async end(): Promise<void> {
    for (const context of this.#contexts) await context.close()
  }

  /** The publisher edits the article. */
  async edit(change: (html: string) => string): Promise<void> {
    const { house, language } = this
    const lang = this.setting.language
    this.#html = change(this.#html)
    const article = `<article lang="${lang}" dir="${language.dir}">${this.#html}</article>`
    house.pages[this.#path] = { lang, html: `${page}<main dir="${language.dir}">${article}</main>` }
    const source = `<html lang="${lang}"><body>${article}</body></html>`
    const imported = importArticle({ source, format: 'html' })
    const where = { url: house.publisher.origin + this.#path, slug: this.me.id }
    this.articleId = (await saveArticle(house.stage.db, house.site, imported, where)).id
    this.#texts = await blockTexts(house.stage.db, house.site.id, this.articleId)
  }

  /** A paragraph by its number, as it was first. */
  paragraph(nth: number): string {
    return this.language.paragraphs[nth] ?? ''
  }

  anchor(nth: number, words?: string): Anchor {
    const block = this.#texts.indexOf(this.paragraph(nth))
    if (words === undefined) return describeBlock(this.#texts, block)
    const start = this.paragraph(nth).indexOf(words)
    return describe(this.#texts, { block, start, endBlock: block, end: start + words.length })
  }

  /** Somebody writes, and what they write is seen at once. */
  async say(by: Actor, body: string, at: Spot): Promise<CommentView> {
    const { stage, site } = this.house
    const place =
      at !== 'article' && 'answers' in at
        ? { kind: 'reply' as const, threadId: at.answers.threadId, parentId: at.answers.id }
        : {
            kind: 'new thread' as const,
            articleId: this.articleId,
            anchor: at === 'article' ? null : this.anchor(at.paragraph, at.words),
          }
    // As a moderator would: the first comments of an account are held otherwise.
    const actor = { ...by, role: 'moderator' as const }
    const written = { body, language: this.setting.language }
    const { posted } = await post(stage.db, site, actor, place, written, null)
    stage.app.live.published(this.articleId)
    return posted.comment
  }

  /** Somebody calls the server. */
  async call(by: Actor, method: string, path: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${this.house.stage.origin}/v1/sites/demo/${path}`, {
      method,
      headers: {
        cookie: `postil-demo=${await this.#session(by)}`,
        origin: this.house.publisher.origin,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
  }

  /** The article's page, in a browser of its own. */
  async visit(
    by: Actor | null,
    { prepare, hash = '' }: { prepare?: Prepare; hash?: string } = {},
  ): Promise<Page> {
    const context = await this.#context()
    if (by) {
      // As the sign-in window leaves it.
      const cookie = {
        name: 'postil-demo',
        value: await this.#session(by),
        domain: 'localhost',
        path: '/v1/',
      }
      const flags = { httpOnly: true, secure: true, sameSite: 'None' as const }
      await context.addCookies([{ ...cookie, ...flags, partitionKey: 'http://127.0.0.1' }])
    }
    return await pageIn(context, this.house.publisher.origin + this.#path + hash, prepare)
  }

  /** Another page of the same reader. */
  async again(page: Page, prepare?: Prepare): Promise<Page> {
    return await pageIn(page.context(), this.house.publisher.origin + this.#path, prepare)
  }

  /** The console, of this scene's cases alone: all scenes share a site. */
  async visitConsole(by: Actor, search = ''): Promise<Page> {
    const { stage } = this.house
    const context = await this.#context()
    const session = await sessions(stage.db).createSession(by.id, { siteId: null })
    await context.addCookies([{ name: 'postil', value: session.id, url: stage.origin, sameSite: 'Lax' }])
    return await pageIn(context, `${stage.origin}/console/?article=${this.articleId}${search}`)
  }

  /** A page of Postil's own. */
  async visitOwn(path: string): Promise<Page> {
    return await pageIn(await this.#context(), this.house.stage.origin + path)
  }

  async #context(): Promise<BrowserContext> {
    const context = await this.house.stage.browser.newContext({
      reducedMotion: 'reduce',
      locale: this.setting.language,
      bypassCSP: true,
      ...this.setting.options,
    })
    this.#contexts.push(context)
    return context
  }

  async #session({ id }: Actor): Promise<string> {
    const { stage, site } = this.house
    return (await sessions(stage.db).createSession(id, { siteId: site.id })).id
  }
}

async function pageIn(context: BrowserContext, address: string, prepare?: Prepare): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  await prepare?.(page)
  await page.goto(address)
  return page
}

/** How the publisher's page looks. */
const page = `<style>
:root { color-scheme: light dark; background: light-dark(#fffdf8, #171614); color: light-dark(#23201b, #e6e1d6) }
body { margin: 0 24px; font: 18px/1.65 Georgia, 'Noto Naskh Arabic', 'Noto Serif CJK JP', serif }
main { max-inline-size: 620px; margin: 48px auto 160px; overflow-wrap: break-word }
@media (min-width: 1200px) { main { margin-inline-start: 180px } }
</style>`
