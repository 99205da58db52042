import { store } from '../shared/store.ts'
import { stored } from '../shared/stored.ts'

type Take = (text: string, key: string) => void

/** Drafts that the device does not keep, for as long as the page is open. */
const unkept = new Map<string, string>()
/** The open fields, by what is written in them. */
const fields = new Map<string, Take>()

/** What is typed and not sent, kept on this device until it is. Storage may be forbidden or full: then it is not kept. */
export class Draft {
  readonly key: string

  /** @param place what the draft is about: the page's address and the passage or comment */
  constructor(place: string) {
    this.key = `postil:draft:${place}`
  }

  read(): string {
    return unkept.get(this.key) ?? stored(this.key) ?? ''
  }

  write(text: string): void {
    unkept.delete(this.key)
    if (!store(this.key, text || null)) unkept.set(this.key, text)
  }

  /** Whether it will be gone when the page is left. */
  get isUnkept(): boolean {
    return !!unkept.get(this.key)
  }

  /**
   * Names the field it is typed in.
   * @param take what to do with a text that comes back: it was posted under this key and is not to be sent after all
   * @returns ends it
   */
  typedIn(take: Take): () => void {
    fields.set(this.key, take)
    return () => fields.delete(this.key)
  }

  /** Gives a posted text back to the field, or leaves it for the next one here. */
  giveBack(text: string, key: string): void {
    const take = fields.get(this.key)
    if (take) take(text, key)
    else this.write(joined(text, this.read()))
  }
}

/** Puts a text that comes back before what is typed already. */
export const joined = (back: string, typed: string): string =>
  typed.trim() === '' ? back : `${back}\n\n${typed}`

/** A new id for a post. Pages without TLS have no randomUUID. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
