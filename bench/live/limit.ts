import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

const report = Compile(
  Type.Object({
    userLimits: Type.Object({
      open_files: Type.Object({ soft: Type.Union([Type.Number(), Type.String()]) }),
    }),
  }),
)
/** Files that a process has open beside its sockets. */
const others = 300

/** How many sockets one process may have open on this machine (`ulimit -n`). */
export function mostSockets(): number {
  const { soft } = report.Parse(process.report.getReport()).userLimits.open_files
  return soft === 'unlimited' ? Infinity : Number(soft) - others
}
