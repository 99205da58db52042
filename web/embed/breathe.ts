/** Lets the page do other things first: what a reader does comes before what we compute. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
