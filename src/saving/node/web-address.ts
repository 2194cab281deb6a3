/** Whether a text is an address on the web, and not a path. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
