import { describe, expect, it } from 'vitest'
import { afterKey, afterTap, pixelsOf, settle, velocityOf } from '../../web/embed/heights.ts'

const seen = 844

describe('the heights of the sheet', () => {
  it.each([844, 450, 320, 150, 20])(
    'are in order and leave something of the page, in a window of %d',
    (height) => {
      const [peek, half, full] = [
        pixelsOf('peek', height),
        pixelsOf('half', height),
        pixelsOf('full', height),
      ]
      expect(peek).toBeLessThanOrEqual(half)
      expect(half).toBeLessThanOrEqual(full)
      expect(full).toBeLessThan(height)
      expect(peek).toBeGreaterThanOrEqual(0)
    },
  )

  it('follow one another by taps, round and round', () => {
    expect([afterTap('peek'), afterTap('half'), afterTap('full')]).toEqual(['half', 'full', 'peek'])
  })

  it('follow the keys of a slider, which end somewhere', () => {
    const by = (key: string) => [afterKey('peek', key), afterKey('half', key), afterKey('full', key)]
    expect(by('ArrowUp')).toEqual(['half', 'full', 'full'])
    expect(by('ArrowDown')).toEqual(['peek', 'peek', 'half'])
    expect([afterKey('half', 'Home'), afterKey('half', 'End')]).toEqual(['peek', 'full'])
    expect(by('a')).toEqual([undefined, undefined, undefined])
  })
})

describe('a sheet that is let go', () => {
  it.each([
    { at: 800, lies: 'full' },
    { at: 450, lies: 'half' },
    { at: 200, lies: 'peek' },
    { at: 100, lies: 'peek' },
    { at: 60, lies: null },
    { at: -20, lies: null },
  ])('at rest comes to lie at the nearest height: $at is $lies', ({ at, lies }) => {
    expect(settle(at, 0, seen)).toBe(lies)
    expect(settle(at, 0.2, seen)).toBe(lies)
  })

  it.each([
    { at: 430, velocity: 1, lies: 'full' },
    { at: 410, velocity: -1, lies: 'peek' },
    { at: 810, velocity: -1, lies: 'half' },
    { at: 160, velocity: 1, lies: 'half' },
    { at: 150, velocity: -1, lies: null },
    { at: 840, velocity: 1, lies: 'full' },
  ])('thrown goes on to the next one: $at with $velocity is $lies', ({ at, velocity, lies }) => {
    expect(settle(at, velocity, seen)).toBe(lies)
  })
})

describe('the velocity of a finger', () => {
  const moved = [
    { clientY: 500, timeStamp: 0 },
    { clientY: 480, timeStamp: 20 },
    { clientY: 400, timeStamp: 60 },
  ]
  it('is measured upwards', () => {
    expect(velocityOf(moved, 60)).toBeCloseTo(100 / 60)
    const back = moved.map(({ clientY, timeStamp }) => ({ clientY: -clientY, timeStamp }))
    expect(velocityOf(back, 60)).toBeCloseTo(-100 / 60)
  })
  it('is nothing where it had come to rest, or was only once anywhere', () => {
    expect(velocityOf(moved, 300)).toBe(0)
    expect(velocityOf(moved, 150)).toBe(0)
    expect(velocityOf(moved.slice(0, 1), 0)).toBe(0)
    expect(velocityOf([], 0)).toBe(0)
  })
})
