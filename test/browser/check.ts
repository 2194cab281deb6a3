/** Something tried inside the page. It throws when it fails. */
export interface BrowserCheck {
  readonly name: string;
  run(): unknown;
}

export function expectEqual(received: unknown, expected: unknown, where = "value"): void {
  const [a, b] = [JSON.stringify(received), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${where}: expected ${b}, received ${a}.`);
}

/** The bytes of a file that the test server serves, such as `/golden/…`. */
export async function fetchBlob(path: string): Promise<Blob> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: expected a file, received status ${response.status}.`);
  return response.blob();
}
