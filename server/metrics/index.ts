export { createMetrics, type MailOutcome, type Metrics } from './metrics.ts'
