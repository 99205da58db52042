import type { Action } from '../contract/moderation.ts'

/** The decisions that reject a comment, whatever else they say of its author. */
export const rejecting = ['reject', 'warn', 'time_out', 'ban'] as const satisfies readonly Action[]
