import { weights } from '../../server/cli/sizes.ts'
import { keepRows } from '../results.ts'
import { row } from '../rows.ts'

/** What a reader's browser fetches, in brotli: the budgets that the check holds. */
const rows = weights().map(({ name, size, limit }) =>
  row(name, { unit: 'B', ours: size, limit: { is: '≤', value: limit } }),
)
await keepRows('weights', rows)
