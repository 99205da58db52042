/** The longest comment, in UTF-16 units as typed. */
export const commentLimit = 10_000
