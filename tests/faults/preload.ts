/** The environment that has a process load one of the modules in `child/` before its own. */
export const preload = (name: string) => ({
  NODE_OPTIONS: `--import=${new URL(`child/${name}.ts`, import.meta.url).href}`,
})
