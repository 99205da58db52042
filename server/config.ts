/** How this process runs. Everything has a default that works on a laptop. */
export interface Config {
  port: number
  host: string
  /** Null: run the embedded PostgreSQL. */
  databaseUrl: string | null
  production: boolean
  /** Behind a proxy that sets X-Forwarded-*: the client's address and protocol come from there. */
  trustProxy: boolean
  /** Multiplies every rate limit of the contract; a load test raises it. */
  limitFactor: number
  logLevel: string
}

/**
 * Reads the configuration from environment variables.
 * @throws Error with one line that names the variable and what it takes
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: number(env, 'PORT', 4000, 0, 65_535),
    host: env['HOST'] ?? '0.0.0.0',
    databaseUrl: env['DATABASE_URL'] ?? null,
    production: env['NODE_ENV'] === 'production',
    trustProxy: env['TRUST_PROXY'] === '1',
    limitFactor: number(env, 'LIMIT_FACTOR', 1, 1, 1_000_000),
    logLevel: env['LOG_LEVEL'] ?? 'warn',
  }
}

function number(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const given = env[name]
  if (given === undefined || given === '') return fallback
  const value = Number(given)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`${name} is "${given}"; it takes a whole number from ${least} to ${most}.`)
  }
  return value
}
