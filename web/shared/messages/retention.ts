/** What the console says of how long texts are kept. */
export const retentionText = {
  title: 'How long texts are kept that nobody reads',
  help: 'Then the text is erased for good, with notes and reports about it. What was decided about it stays. Empty: kept for ever.',
  withdrawn: 'Days after which withdrawn comments are erased',
  rejected: 'Days after the last decision after which rejected comments are erased',
}
