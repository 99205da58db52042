/** What a server tells about itself. */
export async function read(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/metrics`)
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  return await answer.text()
}

/** The value of a metric with exactly these labels; undefined where there is none. */
export function valueOf(text: string, name: string, labels: Record<string, string>): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const line = text.split('\n').find((one) => {
    const [, metric, inside = ''] = /^(\w+)(?:\{(.*)\})? /.exec(one) ?? []
    const given = inside.split(/,(?=\w+=")/).filter(Boolean)
    return metric === name && given.length === wanted.length && wanted.every((label) => given.includes(label))
  })
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}
