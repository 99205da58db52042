// Loaded into a server's process before it starts: has its clock be set, a day ahead by SIGUSR2, a day back by SIGHUP.
const day = 24 * 3600 * 1000
let shift = 0

const real = Date
const now = () => real.now() + shift
globalThis.Date = new Proxy(real, {
  construct: (target, given: [] | [number | string | Date]) =>
    given.length === 0 ? new target(now()) : new target(...given),
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
})

for (const [signal, days] of [
  ['SIGUSR2', 1],
  ['SIGHUP', -1],
] as const)
  process.on(signal, () => {
    shift += days * day
    console.log(`the clock is ${shift / day} days ahead`)
  })
