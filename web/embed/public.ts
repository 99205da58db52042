/**
 * What a page's own scripts can do with Postil's embed. This file is served as `/embed@1.d.ts` beside the script:
 *
 *     import { mount, on } from 'https://postil.example/embed@1.js'
 */

/** Where a discussion belongs. What is not given is read from the script tag, and then from the page. */
export interface MountOptions {
  /** The site's short name. */
  site?: string
  /** The article's address; else the article's `data-postil-url`, else the page's canonical address, else its own. */
  url?: string
  /** Of the article, for where it is listed; else the page's. */
  title?: string
  /** A CSS selector for the article, where `mount` gets no element. */
  selector?: string
}

/** What is told of a discussion. */
export interface PostilEvents {
  /** The marks are there, or what they count is another number. */
  count: Told & { comments: number }
  /** A reader opened it. */
  open: Told
  /** A reader closed it. */
  close: Told
  /** The reader has posted a comment; readers see it unless it is held for a moderator. */
  post: Told & { comment: string; isHeld: boolean }
}

interface Told {
  /** The `<postil-discussion>` of the article. */
  discussion: HTMLElement
  /** The article's address. */
  url: string
}

/** How discussions look. What is left out stays as it is; `null` takes back what was set. */
export interface Theme {
  /** `auto` is as the page is behind the article, looked at anew with each call. */
  scheme?: 'light' | 'dark' | 'auto'
  accent?: string | null
  surface?: string | null
  text?: string | null
  quiet?: string | null
  line?: string | null
  danger?: string | null
  font?: string | null
  'quote-font'?: string | null
}

/**
 * Puts a discussion beside an article. The same article again gives the one that is there.
 * @param article the element that holds its text; without it, it is found as the script tag does
 * @returns the `<postil-discussion>` of the article
 * @throws Error where neither the options nor the script tag name a site
 */
export declare function mount(article?: Element | null, options?: MountOptions): HTMLElement

/**
 * Takes a discussion from the page, with all that it listens to. What is typed in it stays on the reader's device.
 * @param which the article, or what `mount` gave; without it, all of the page
 */
export declare function unmount(which?: Element | null): void

/**
 * Listens to all discussions of the page, also to those that come later.
 * @returns ends it
 */
export declare function on<Name extends keyof PostilEvents>(
  event: Name,
  listener: (told: PostilEvents[Name]) => void,
): () => void

/** Changes how all discussions look, also those that come later. */
export declare function setTheme(theme: Theme): void
