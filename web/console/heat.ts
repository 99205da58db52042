import type { ArticleNumbers, PassageNumbers } from '../../core/contract/numbers.ts'

/** A block of an article's text, with what is said about it. */
export interface HeatBlock {
  kind: string
  level: number | null
  text: string
  /** Null where nothing is. */
  passage: PassageNumbers | null
  /** Of the comments on the most discussed block: from 0 to 1. */
  share: number
}

/** An article's blocks, in order, each with how much is said about it; what was only read has no line. */
export function heatOf({ text, passages }: Pick<ArticleNumbers, 'text' | 'passages'>): HeatBlock[] {
  const onBlocks = new Map(
    passages.flatMap((one) =>
      one.place === 'block' && one.block !== null && one.comments > 0 ? [[one.block, one] as const] : [],
    ),
  )
  const most = mostOf([...onBlocks.values()])
  return text.map((block, nth) => {
    const passage = onBlocks.get(nth) ?? null
    return { ...block, passage, share: shareOf(passage?.comments ?? 0, most) }
  })
}

/** The most comments that any of them has. */
export const mostOf = (all: readonly { comments: number }[]): number =>
  all.reduce((most, { comments }) => Math.max(most, comments), 0)

/** How much of the most something is: from 0 to 1, to the hundredth. */
export const shareOf = (comments: number, most: number): number =>
  most === 0 ? 0 : Math.round((100 * comments) / most) / 100
