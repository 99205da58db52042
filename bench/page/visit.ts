import type { Browser } from 'playwright-core'

/** What one look at a page cost. Times in ms, as Chromium has them with a processor four times as slow. */
export interface Figures {
  /** Sum of what each task before rest took beyond 50 ms (Total Blocking Time). */
  blocking: number
  /** Cumulative layout shift. */
  shift: number
  /** Requests to the server of the embed, and their bytes on the wire, headers and all. */
  requests: number
  bytes: number
  cookies: number
  /** Between two frames while the page is scrolled from top to bottom, full speed: the median, and the longest of a hundred. */
  frame: number
  slowFrame: number
}

/**
 * Opens a page afresh, waits until it is at rest, then scrolls through it.
 * @param withEmbed false: the same page without its script tag of ours
 */
export async function visit(browser: Browser, url: string, withEmbed: boolean): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  try {
    if (!withEmbed)
      await page.route(url, async (route) => {
        const answer = await route.fetch()
        const html = (await answer.text()).replace(/<script[^>]*embed\.js[^>]*><\/script>/, '')
        await route.fulfill({ response: answer, body: html })
      })
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    await network.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const ours = new Set<string>()
    let bytes = 0
    network.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (/\/(embed\.js|assets\/|v1\/)/.test(request.url)) ours.add(requestId)
    })
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (ours.has(requestId)) bytes += encodedDataLength
    })
    await page.addInitScript(observe)
    await page.goto(url)
    // Nothing is asked of the page before it is at rest: the asking would be measured too.
    await page.waitForLoadState('networkidle')
    // The marks come with the first answer, a moment after the network is at rest.
    if (withEmbed) await page.locator('postil-discussion .mark').first().waitFor({ state: 'attached' })
    const { blocking, shift } = await page.evaluate(() => window.measured)
    const marks = await page.locator('postil-discussion .mark').count()
    if (marks > 0 !== withEmbed)
      throw new Error(`${marks} marks on a page ${withEmbed ? 'with' : 'without'} the embed`)
    await network.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const frames = await page.evaluate(scrollThrough)
    const cookies = (await context.cookies()).length
    return { blocking, shift, requests: ours.size, bytes, cookies, ...frames }
  } finally {
    await context.close()
  }
}

/** Of several looks, the middle one of each figure. */
export function median(all: Figures[]): Figures {
  const middle = (key: keyof Figures) => {
    const sorted = all.map((figures) => figures[key]).sort((a, b) => a - b)
    return Math.round((sorted[Math.floor(sorted.length / 2)] ?? NaN) * 100) / 100
  }
  return {
    blocking: middle('blocking'),
    shift: middle('shift'),
    requests: middle('requests'),
    bytes: middle('bytes'),
    cookies: middle('cookies'),
    frame: middle('frame'),
    slowFrame: middle('slowFrame'),
  }
}

declare global {
  interface Window {
    measured: { blocking: number; shift: number }
  }
  interface PerformanceEntry {
    /** Of a layout shift. */
    value?: number
  }
}

/** Runs in the page, before all else. */
function observe(): void {
  window.measured = { blocking: 0, shift: 0 }
  const watch = (type: string, add: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true })
  watch('longtask', ({ duration }) => (window.measured.blocking += Math.max(0, duration - 50)))
  watch('layout-shift', ({ value }) => (window.measured.shift += value ?? 0))
}

/** Runs in the page. */
async function scrollThrough(): Promise<{ frame: number; slowFrame: number }> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const took: number[] = []
  let last = await frame()
  const steps = 120
  for (let step = 1; step <= steps; step += 1) {
    scrollTo(0, (document.documentElement.scrollHeight * step) / steps)
    const now = await frame()
    took.push(now - last)
    last = now
  }
  took.sort((a, b) => a - b)
  return { frame: took[steps / 2] ?? NaN, slowFrame: took.at(-2) ?? NaN }
}
