/** Where a command writes: the parts of `process.stdout` that are used. */
export interface Output {
  write(data: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  /** How many characters a terminal's line has. */
  readonly columns?: number | undefined;
}

/** What a command is given of the outer world beside files. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}
