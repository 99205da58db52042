const features =
  'anchoring|articles|audit|claims|comments|doctor|exporting|follows|guests|importing|jobs|live|mail|metrics|moderation|numbers|people|privacy|reactions|search|sites|sso|staff|text|threads|webhooks'

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Types may point both ways; code may not, but for components that show themselves.',
      from: { pathNot: '[.]svelte$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(server|web|migrations|tests|bench)/' },
    },
    {
      name: 'web-on-core-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|migrations|tests|bench)/' },
    },
    { name: 'server-without-web', severity: 'error', from: { path: '^server/' }, to: { path: '^web/' } },
    {
      name: 'contract-as-types-in-the-browser',
      severity: 'error',
      comment: 'The schemas would bring TypeBox into the bundle.',
      from: { path: '^web/' },
      to: { path: '^core/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lucia-behind-one-module',
      severity: 'error',
      comment: 'It is no longer developed: docs/decisions/7-lucia.md.',
      from: { pathNot: '^server/people/(lucia|sessions)[.]ts$' },
      to: { path: 'node_modules/lucia/' },
    },
    {
      name: 'features-through-their-index',
      severity: 'error',
      from: { path: `^server/(${features})/` },
      to: { path: `^server/(${features})/(?!index\\.ts$).+`, pathNot: '^server/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
