/** Days that a rejected text is there at least: its author may ask for another look for six months. */
export const keptForAppeals = 185
