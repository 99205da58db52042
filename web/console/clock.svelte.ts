/** The time, fine enough for ages. Stop it when its screen goes. */
export class Clock {
  now = $state.raw(Date.now())
  readonly #timer = setInterval(() => (this.now = Date.now()), 30_000)

  stop(): void {
    clearInterval(this.#timer)
  }
}
