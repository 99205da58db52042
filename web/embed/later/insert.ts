/**
 * Puts text in the place of a part of a field's, with the caret behind it, as if it had been typed: the browser's
 * undo takes it back.
 */
export function insert(field: HTMLTextAreaElement, from: number, to: number, text: string): void {
  field.focus()
  field.setSelectionRange(from, to)
  // The only way that leaves undo to the browser.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, from, to, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
