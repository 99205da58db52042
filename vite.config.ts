import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const helper = '\0vite/preload-helper.js'
const pages = ['console', 'signin'].filter((name) => existsSync(at(`web/${name}/index.html`)))

/**
 * Leaves `import()` as it is. Around each, Vite puts a helper that fetches style sheets, of which our chunks have none;
 * shared by several entries, it would also be one more file that the loader has to wait for.
 */
const bareImports: Plugin = {
  name: 'bare-imports',
  enforce: 'pre',
  resolveId: (source, importer) => (source === helper ? `${helper}?for=${importer ?? ''}` : null),
  load: (id) => (id.startsWith(helper) ? 'export const __vitePreload = (load) => load()' : null),
}

export default defineConfig({
  root: at('web'),
  // Chunks are found beside the script that asks for them: publishers load it from another origin.
  base: './',
  publicDir: false,
  plugins: [bareImports, svelte({ configFile: at('svelte.config.js') })],
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Since 2024 all browsers know light-dark(), custom highlights and nesting.
    cssTarget: ['chrome125', 'firefox126', 'safari17.5'],
    modulePreload: false,
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        embed: at('web/embed/loader.ts'),
        ...Object.fromEntries(pages.map((name) => [name, at(`web/${name}/index.html`)])),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
      preserveEntrySignatures: false,
    },
  },
})
