import type { Hours, HoursPeriod } from '../../core/contract/hours.ts'

/** However long a device sleeps: it is looked that often whether something else holds. */
const lookEvery = 60_000

/** Whether one may write on the article, as the server has told. Its clock counts, since a device's may be wrong. */
export class OpenHours {
  /** What holds now, and what comes after. */
  periods = $state.raw<HoursPeriod[]>([])
  /** The reader works for the site, and writes at any time. */
  exempt = $state.raw(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  get closed(): boolean {
    return !!this.periods[0]?.closed
  }

  /** Seconds between two comments of one person; 0: as one likes. */
  get slowMode(): number {
    return this.periods[0]?.slowMode ?? 0
  }

  /** Takes over an answer. */
  read(hours: Hours | null): void {
    this.exempt = !!hours?.exempt
    this.told(hours?.periods ?? [])
  }

  /** @param since when the first of the periods began or was told, by this device's clock */
  told(periods: HoursPeriod[], since = Date.now()): void {
    this.periods = periods
    clearTimeout(this.#timer)
    const [now, next] = periods
    if (!now || !next) return
    const ends = since + Date.parse(next.from) - Date.parse(now.from)
    const again = () => {
      if (Date.now() < ends) this.told(periods, since)
      else this.told(periods.slice(1), ends)
    }
    this.#timer = setTimeout(again, Math.min(ends - Date.now(), lookEvery))
  }
}
