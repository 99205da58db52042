import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

/** One line of the benchmark's table: what was meant, and what was measured. */
export const Row = Type.Object({
  budget: Type.String(),
  unit: Type.String(),
  /** `of` bare: times what the bare reference has in the same run. Null: measured, and nothing promised. */
  limit: nullable(
    Type.Object({
      is: Type.Union([Type.Literal('≤'), Type.Literal('≥')]),
      value: Type.Number(),
      of: Type.Optional(Type.Literal('bare')),
    }),
  ),
  /** What the same costs without Postil, measured in the same run; null where there is no such thing. */
  bare: nullable(Type.Number()),
  ours: Type.Number(),
  /** Ours by bare. */
  ratio: nullable(Type.Number()),
  passes: nullable(Type.Boolean()),
  /** Between the quarters of several runs, in parts of the median; where there were several. */
  spread: Type.Optional(Type.Number()),
})
export type Row = Static<typeof Row>

type Measured = Pick<Row, 'unit' | 'ours' | 'spread'> & { bare?: number; limit?: NonNullable<Row['limit']> }

/** A row of the table: how ours stands to bare, and whether that is within the limit. */
export function row(budget: string, { unit, ours, bare, limit, spread }: Measured): Row {
  const ratio = bare === undefined ? null : ours / bare
  const counted = limit?.of === 'bare' ? ratio : ours
  return {
    budget,
    unit,
    limit: limit ?? null,
    bare: bare === undefined ? null : rounded(bare),
    ours: rounded(ours),
    ratio: ratio === null ? null : rounded(ratio),
    passes: limit && counted !== null ? isWithin(counted, limit) : null,
    ...(spread !== undefined && { spread: rounded(spread) }),
  }
}

const isWithin = (counted: number, { is, value }: NonNullable<Row['limit']>) =>
  is === '≤' ? counted <= value : counted >= value

/** To three digits, and whole from a hundred on. */
const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))

/** The middle of several runs, and how far apart their quarters are, in parts of it. */
export function middle(runs: readonly number[]): { median: number; spread: number } {
  const ordered = runs.toSorted((a, b) => a - b)
  const at = (part: number) => ordered[Math.round((ordered.length - 1) * part)] ?? NaN
  const median = at(0.5)
  return { median, spread: (at(0.75) - at(0.25)) / median }
}
