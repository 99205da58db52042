/** A mistake of who called: answered with its message, and no trace. */
export class UsageError extends Error {}
