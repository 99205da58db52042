/**
 * The least id that can be made at a time: ids are UUIDv7 (RFC 9562 §5.7), whose first 48 bits are the time, so the primary
 * keys are the index of what happened when.
 * @param milliseconds since the epoch
 */
export function firstIdAt(milliseconds: number): string {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
