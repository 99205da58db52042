import type { Config } from './config.ts'
import type { Database } from './database/connect.ts'
import type { Live } from './live/index.ts'
import type { Kind, Openings } from './numbers/index.ts'
import type { Sessions } from './people/index.ts'
import type { Site } from './sites/index.ts'
import type { Snapshots } from './threads/index.ts'

/** What routes work with. Functions take of it what they need as arguments. */
export interface Context {
  config: Config
  db: Database
  lucia: Sessions
  live: Live
  openings: Record<Kind, Openings>
  snapshots: Snapshots
  /** The site with this slug, at most ten seconds old, or null. */
  site: (slug: string) => Promise<Site | null>
}
