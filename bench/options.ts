/** Small sizes, which show that everything runs: the figures mean nothing. */
export const isQuick = process.argv.includes('--quick')

/** A size to measure with: the full one, or the small one of `--quick`. */
export const sized = (full: number, small: number): number => (isQuick ? small : full)
