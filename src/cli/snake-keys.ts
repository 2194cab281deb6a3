/**
 * Data with its keys as reports for programs have them: `outputShape` becomes `output_shape`. What is below a key in
 * `kept` stays as it is: its keys are names that somebody has given.
 */
export function snakeKeys(value: unknown, kept: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => snakeKeys(item, kept));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    kept.has(key) ? item : snakeKeys(item, kept),
  ]);
  return Object.fromEntries(entries);
}
