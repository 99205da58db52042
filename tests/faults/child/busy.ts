// Loaded into a server's process before it starts: each SIGUSR2 has its event loop begin, or cease, to be busy with long steps.
import { isMainThread } from 'node:worker_threads'

const step = 300
let isBusy = false

function work(): void {
  const until = performance.now() + step
  while (performance.now() < until);
  if (isBusy) setTimeout(work)
}

if (isMainThread)
  process.on('SIGUSR2', () => {
    isBusy = !isBusy
    if (isBusy) work()
  })
