import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hold } from '../moderation/caller.ts'
import { openStage, type Stage } from '../moderation/stage.ts'

const Alerts = Type.Object({
  groups: Type.Array(
    Type.Object({
      rules: Type.Array(
        Type.Object({
          alert: Type.String(),
          expr: Type.String(),
          for: Type.Optional(Type.String({ pattern: '^\\d+[mh]$' })),
          labels: Type.Object({ severity: Type.Enum(['critical', 'warning', 'info']) }),
          annotations: Type.Object({ summary: Type.String(), description: Type.Optional(Type.String()) }),
        }),
      ),
    }),
  ),
})
const Dashboard = Type.Object({
  panels: Type.Array(
    Type.Object({
      type: Type.String(),
      title: Type.String(),
      targets: Type.Optional(Type.Array(Type.Object({ expr: Type.String() }))),
    }),
  ),
})

const file = (name: string) => readFile(new URL(`../../docs/monitoring/${name}`, import.meta.url), 'utf8')

let stage: Stage
/** The names and labels that `/metrics` has: of a histogram, those of its series. */
const labelsOf = new Map<string, Set<string>>()
beforeAll(async () => {
  stage = await openStage()
  await stage.as('mo@demo.example')
  for (const line of (await stage.app.inject('/metrics')).body.split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? []
    if (name === undefined) continue
    const known = labelsOf.get(name) ?? new Set<string>()
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label)
    labelsOf.set(name, known)
  }
})
afterAll(() => stage.close())

/** What Prometheus knows of any server by itself. */
const byPrometheus = new Set(['up'])
const everywhere = ['job', 'instance']

function requireKnown(expressions: string[]): void {
  expect(expressions.length).toBeGreaterThan(5)
  for (const expr of expressions) {
    const names = expr.match(/\b(?:up|postil_\w+|process_\w+)\b/g) ?? []
    expect(names.length, expr).toBeGreaterThan(0)
    for (const name of names) expect(byPrometheus.has(name) || labelsOf.has(name), name).toBe(true)
    const known = new Set([...names.flatMap((name) => [...(labelsOf.get(name) ?? [])]), ...everywhere])
    const compared = [...expr.matchAll(/(\w+)(?:=~|=|!=)"/g)].map(([, label = '']) => label)
    const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/,\s*/))
    for (const label of [...compared, ...grouped]) expect(known.has(label), `${label} in ${expr}`).toBe(true)
  }
}

test('the rules for alerts ask for metrics that there are', async () => {
  const { groups } = hold(Alerts, parse(await file('alerts.yml')))
  const rules = groups.flatMap((group) => group.rules)
  requireKnown(rules.map(({ expr }) => expr))
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
})

test('so does the dashboard', async () => {
  const { panels } = hold(Dashboard, JSON.parse(await file('dashboard.json')))
  requireKnown(panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)))
  for (const { type, title, targets = [] } of panels) expect(targets.length > 0, title).toBe(type !== 'row')
})
