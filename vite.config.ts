import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const pages = ['console', 'signin'].filter((name) => existsSync(at(`web/${name}/index.html`)))

export default defineConfig({
  root: at('web'),
  // Chunks are found beside the script that asks for them: publishers load it from another origin.
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: at('svelte.config.js') })],
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
