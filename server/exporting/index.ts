export { writeAnnotations } from './annotations.ts'
export { exportPieces, exportSite, type Write } from './export.ts'
export { restoreSite, RestoreError } from './restore.ts'
