/**
 * Types of the platform as the program declares them that uses the package, in a page or in Node; where it declares
 * none, what is used of them. So the package's own declarations compile without either.
 */

type Instance<Name extends string, Else> =
  typeof globalThis extends Record<Name, { readonly prototype: infer Declared }> ? Declared : Else;

interface Bytes {
  readonly size: number;
  slice(start: number, end: number): Bytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}

interface Address {
  readonly href: string;
}

/** A `Blob`; a browser's `File` is one. */
export type PlatformBlob = Instance<"Blob", Bytes>;

/** A `URL`. */
export type PlatformUrl = Instance<"URL", Address>;

/** An `AbortSignal`. */
export type PlatformSignal = Instance<"AbortSignal", { readonly aborted: boolean; readonly reason: unknown }>;

/** The function `fetch`, or one like it. */
export type PlatformFetch = typeof globalThis extends { readonly fetch: infer Declared }
  ? Declared
  : (address: Address, request: object) => Promise<object>;
