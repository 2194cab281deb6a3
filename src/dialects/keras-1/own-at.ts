/** What a table has under a key that a stranger wrote. */
export function ownAt<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
