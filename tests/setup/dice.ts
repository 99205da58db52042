/** The same numbers on every run (Park and Miller's generator). */
export function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => (state = (state * 48_271) % 2_147_483_647) % sides
}
