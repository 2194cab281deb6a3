/** What a file is that is no `.keras` file of Keras 3, and how its model gets into one. */
export interface Foreign {
  /** As behind "received". */
  readonly what: string;
  /** One sentence. */
  readonly help: string;
}

/** A version as it is where it is harmless. */
export function plain(version: string): string {
  return /^[\w.+-]{1,32}$/.test(version) ? version : "2 or older";
}
