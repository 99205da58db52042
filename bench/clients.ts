import autocannon from 'autocannon'
import { v7 as uuid } from 'uuid'
import { answering } from './apart.ts'
import { Load } from './load.ts'

/** The clients of `loadApart`. */
answering(Load, async ({ origin, requests, connections, seconds }) => {
  let nth = 0
  const keyed = requests.map((request) => ({
    ...request,
    ...(request.method === 'POST' && {
      setupRequest: (made: autocannon.Request) => ({
        ...made,
        headers: { ...made.headers, 'idempotency-key': uuid() },
      }),
    }),
  }))
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    requests: keyed,
    setupClient(client) {
      const from = nth++ % keyed.length
      client.setRequests([...keyed.slice(from), ...keyed.slice(0, from)])
    },
  })
  const answered = result['2xx'] + result.non2xx
  return { perSecond: answered / result.duration, failed: result.non2xx + result.errors }
})
