/** Days that a rejected text is there at least: its author may ask for another look for six months. */
export const keptForAppeals = 185
/** Days after a case was closed for which names and addresses of reporters without an account are kept: for six months they may ask. */
export const keptOfReporters = 190
