import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** How a mail went: taken, refused for its address, or not taken for another reason, and tried again. */
export type MailOutcome = 'sent' | 'refused' | 'failed'

export type Labelled = [labels: Record<string, string>, value: number]

/** What the server counts while it works, and what is looked at when somebody asks. No label is about a person or an article. */
export interface Metrics {
  registry: Registry
  /** @param route the pattern of its address, which there are only so many of */
  answered: (request: { method: string; route: string; status: number; seconds: number }) => void
  /** Sent away, since there is too much to do. */
  shed: (reason: string) => void
  /** A discussion was changed here. */
  published: () => void
  /** Open lines here have what was changed, so long after it was committed here or told by another server. */
  delivered: (seconds: number) => void
  mailed: (outcome: MailOutcome) => void
  /** Has something looked at each time. */
  gauge: (name: string, help: string, read: () => number) => void
  /** The same of several things of one kind, told apart by labels. */
  gauges: (name: string, help: string, labels: string[], read: () => Labelled[]) => void
}

/** Metrics of one application, with a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'postil_http_request_duration_seconds',
    help: 'Requests that were answered, and how long that took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.25, 1, 5],
    registers,
  })
  const shed = new Counter({
    name: 'postil_http_shed_total',
    help: 'Requests sent away because there was too much to do',
    labelNames: ['reason'],
    registers,
  })
  const published = new Counter({
    name: 'postil_published_total',
    help: 'Changes of discussions that were committed here and told to readers',
    registers,
  })
  const delivery = new Histogram({
    name: 'postil_delivery_delay_seconds',
    help: 'From the commit of a change, or from hearing of it, until open lines here were sent it',
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10],
    registers,
  })
  const mails = new Counter({
    name: 'postil_mails_total',
    help: 'Mails given to the mail server, by how it took them',
    labelNames: ['outcome'],
    registers,
  })
  // Known from the start, so that the first one is seen to be one more.
  for (const reason of ['processor', 'database']) shed.inc({ reason }, 0)
  for (const outcome of ['sent', 'refused', 'failed']) mails.inc({ outcome }, 0)
  return {
    registry,
    answered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    shed: (reason) => shed.inc({ reason }),
    published: () => published.inc(),
    delivered: (seconds) => delivery.observe(seconds),
    mailed: (outcome) => mails.inc({ outcome }),
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
    },
    gauges(name, help, labelNames, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers,
        labelNames,
        collect() {
          gauge.reset()
          for (const [labels, value] of read()) gauge.set(labels, value)
        },
      })
    },
  }
}
