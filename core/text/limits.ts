/** The longest comment, in UTF-16 units as typed. */
export const commentLimit = 10_000

/** What of the limit a text takes: it must fit as typed and as it is kept, composed (NFC). A few signs grow. */
export const countedLength = (typed: string): number => Math.max(typed.length, typed.normalize('NFC').length)

/** How deep quotes and lists may stand in one another. */
export const nestingLimit = 8

/** How many people one comment may name with an @. */
export const mentionLimit = 10
