const place = 'postil:single-keys'

/** Whether single letters decide: who speaks to the computer, or types by accident, can turn them off (WCAG 2.1.4). */
export class KeySetting {
  single = $state.raw(stored() !== 'off')

  turn(on: boolean): void {
    this.single = on
    try {
      localStorage.setItem(place, on ? 'on' : 'off')
    } catch {
      // A browser that keeps nothing for this page: it holds until the page is left.
    }
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}
