export default {
  compilerOptions: {
    runes: true,
    // Elements are made one by one, never from a string: hosts with Trusted Types take nothing else.
    fragments: 'tree',
    css: 'external',
  },
}
