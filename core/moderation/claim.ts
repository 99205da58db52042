/** How long a case stays in somebody's hands without a sign of them, in seconds. */
export const claimSeconds = 90
