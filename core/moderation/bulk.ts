/** Of so many cases at the most a bulk is made. */
export const mostSelected = 500

/** So many cases are decided or undone by one request, so that nobody waits without a word. */
export const bulkSize = 50
