import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type BuildEnvironmentOptions, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const helper = '\0vite/preload-helper.js'
const pages = ['console', 'signin'].filter((name) => existsSync(at(`web/${name}/index.html`)))

/**
 * Leaves `import()` as it is. Around each, Vite puts a helper that fetches style sheets, of which our chunks have none;
 * shared by several entries, it would also be one more file that the loader has to wait for.
 */
const bareImports: Plugin[] = [
  {
    name: 'bare-imports',
    enforce: 'pre',
    resolveId: (source, importer) => (source === helper ? `${helper}?for=${importer ?? ''}` : null),
    load: (id) => (id.startsWith(helper) ? 'export const __vitePreload = (load) => load()' : null),
  },
  {
    name: 'bare-imports-called',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const call = /[\w$]+\(\(\)=>(import\([`'"][^`'"]+[`'"]\)),\[\],import\.meta\.url\)/g
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk') chunk.code = chunk.code.replace(call, '$1')
      },
    },
  },
]

interface Graph {
  getModuleInfo(id: string): { importedIds: string[] } | null
}

/** A module with all that it imports at once. */
function closure(entry: string, graph: Graph): Set<string> {
  const all = new Set<string>()
  const visit = (id: string) => {
    if (all.has(id)) return
    all.add(id)
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) visit(next)
  }
  visit(entry)
  return all
}

/**
 * Keeps the thread view one file, which is smaller than several: left alone, what the later parts share with it, in which
 * they find it loaded already, would stand in files of its own.
 */
function threadView(id: string, graph: Graph): string | null {
  const [loader, view] = [at('web/embed/loader.ts'), at('web/embed/view.ts')]
  return closure(view, graph).has(id) && !closure(loader, graph).has(id) ? 'view' : null
}

/** What pages may import of the loader. All else that it exports is for its own chunks. */
const api = /^(mount|unmount|on|setTheme)$/

/**
 * The loader has several names, and a page may have it twice. A chunk that imported it by one name would bring a second
 * one to life; so chunks take what they share with it from the one that is there, by the element that it defines.
 */
const oneLoader: Plugin = {
  name: 'one-loader',
  generateBundle(_options, bundle) {
    const registry = 'customElements.get("postil-discussion")'
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      if (chunk.fileName !== 'embed.js') {
        chunk.code = chunk.code.replace(
          /import(?:\s*\{([^}]*)\}\s*from)?\s*["']\.\.\/embed\.js["'];?/,
          (_, names?: string) => (names ? `const{${names.replace(/ as /g, ':')}}=${registry}.parts;` : ''),
        )
        if (/["'`][./]+embed\.js/.test(chunk.code)) this.error(`${chunk.fileName} imports the loader.`)
        continue
      }
      const [exported = '', names = ''] = /export\s*\{([^}]*)\};?\s*$/.exec(chunk.code) ?? []
      const pairs = names.split(',').map((name) => name.trim().split(' as '))
      const isPublic = ([local = '', name = local]: string[]) => api.test(name)
      const parts = pairs
        .filter((pair) => !isPublic(pair))
        .map(([local, name]) => `${name ?? ''}:${local ?? ''}`)
      const open = pairs.filter(isPublic).map((pair) => pair.join(' as '))
      chunk.code = `${chunk.code.slice(0, -exported.length)}${registry}.parts??={${parts.join(',')}};export{${open.join(',')}};`
    }
  },
}

/** What both builds have in common; each leaves a manifest of its own. */
const build = (
  name: string,
  input: Record<string, string>,
  chunkOf?: typeof threadView,
): BuildEnvironmentOptions => ({
  outDir: at('dist'),
  emptyOutDir: false,
  manifest: `.vite/${name}.json`,
  target: 'es2022',
  // Since 2024 all browsers know light-dark(), custom highlights and nesting.
  cssTarget: ['chrome125', 'firefox126', 'safari17.5'],
  cssCodeSplit: true,
  assetsInlineLimit: 0,
  rolldownOptions: {
    input,
    output: {
      entryFileNames: (chunk) => (chunk.name === 'embed' ? 'embed.js' : 'assets/[name]-[hash:6].js'),
      chunkFileNames: 'assets/[name]-[hash:6].js',
      assetFileNames: 'assets/[name]-[hash:6][extname]',
      ...(chunkOf && {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ debugName: 'view', name: chunkOf }],
        },
      }),
    },
    preserveEntrySignatures: 'allow-extension',
  },
})

/**
 * The loader's name for good: `embed.js` follows the newest, `embed@1.js` keeps what it promises as long as there is one. They
 * are the same file until there is a second. With the types of what pages may call.
 */
function name(folder: string): void {
  copyFileSync(join(folder, 'embed.js'), join(folder, 'embed@1.js'))
  for (const types of ['embed.d.ts', 'embed@1.d.ts'])
    copyFileSync(at('web/embed/public.ts'), join(folder, types))
}

/** Puts beside each file what the server sends of it: packed once, as small as it gets. */
function pack(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!/\.(js|css|html|d\.ts)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    )
  }
}

const pagesInput = Object.fromEntries(pages.map((name) => [name, at(`web/${name}/index.html`)]))

export default defineConfig({
  root: at('web'),
  // Chunks are found beside the script that asks for them: publishers load it from another origin.
  base: './',
  publicDir: false,
  plugins: [bareImports, oneLoader, svelte({ configFile: at('svelte.config.js') })],
  build: { modulePreload: false },
  environments: {
    // Built apart, so that a reader of the embed gets nothing of the runtime that only our own pages use.
    client: {
      build: { ...build('embed', { embed: at('web/embed/loader.ts') }, threadView), emptyOutDir: true },
    },
    pages: { consumer: 'client', build: build('pages', pagesInput) },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments))
        if (environment.name !== 'ssr') await builder.build(environment)
      name(at('dist'))
      pack(at('dist'))
    },
  },
})
