import { openServer, type Server } from '../server/stage.ts'
import { finishJobs } from '../setup/jobs.ts'
import { addJob } from '../../server/jobs/index.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

/** The application with a mail server. */
export interface MailServer extends Server {
  office: PostOffice
  /** Works off all jobs, also those that wait for their time. */
  finish(): Promise<void>
  /** What the clock does in the morning, then all jobs. */
  morning(period: 'daily' | 'weekly'): Promise<void>
}

export async function openMailServer(): Promise<MailServer> {
  const office = await openPostOffice()
  const server = await openServer(undefined, office.url)
  const finish = () => finishJobs(server.db)
  return {
    ...server,
    office,
    finish,
    async morning(period) {
      await addJob(server.db, 'digest', { period })
      await finish()
    },
    async close() {
      await server.close()
      await office.close()
    },
  }
}
