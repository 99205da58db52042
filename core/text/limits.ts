/** The longest comment, in UTF-16 units as typed. */
export const commentLimit = 10_000

/** How deep quotes and lists may stand in one another. */
export const nestingLimit = 8

/** How many people one comment may name with an @. */
export const mentionLimit = 10
