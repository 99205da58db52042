import { ApiProblem } from '../../shared/api.ts'
import { explain } from '../moderation.ts'

/** One thing at a time that is asked of the server, and what became of it. */
export class Attempt {
  /** What is being done; empty when nothing is. */
  busy = $state.raw('')
  done = $state.raw('')
  failure = $state.raw('')
  /** What the server said, where it said no. */
  problem = $state.raw<ApiProblem['problem'] | null>(null)

  /**
   * @param doing said while it lasts
   * @param work gives what is said when it is done
   * @returns whether it was done; false, too, while something else is under way
   */
  async run(doing: string, work: () => Promise<string>): Promise<boolean> {
    if (this.busy !== '') return false
    this.busy = doing
    this.say('')
    try {
      this.done = await work()
      return true
    } catch (error) {
      this.failure = explain(error).text
      this.problem = error instanceof ApiProblem ? error.problem : null
      return false
    } finally {
      this.busy = ''
    }
  }

  /** Says something, in place of what was said. */
  say(done: string, failure = ''): void {
    this.done = done
    this.failure = failure
    this.problem = null
  }
}
