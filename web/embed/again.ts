/**
 * Fetches a part of ours. Browsers remember that a module did not come, and never ask for it again; so it is asked for by
 * another name, which they say in the error (all but Safari: there, the page has to be loaded anew).
 * @param load imports it by the name that it has
 */
export const again = <Part>(load: () => Promise<Part>): Promise<Part> =>
  load().catch((error: unknown): Promise<Part> => {
    // The same file, whatever stands behind its name.
    return import(/* @vite-ignore */ `${/http\S+/.exec(String(error))?.[0]}?${performance.now()}`)
  })
