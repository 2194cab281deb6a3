import { fileURLToPath } from "node:url";
import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { PlatformSignal, PlatformUrl } from "../../platform.ts";
import type { ByteSource } from "../byte-source.ts";
import { type SourceInput, toSource } from "../sources.ts";
import { fileSource } from "./file.ts";
import { isWebAddress } from "./web-address.ts";

/**
 * What is read in Node: a path, an address (`file:`, `http:`, `https:`) as text or URL, bytes (a Buffer is that), a
 * Blob, or a source of your own.
 */
export type NodeInput = string | SourceInput;

/** Something that is open to be read. */
export interface OpenInput {
  readonly source: ByteSource;
  /** What errors call it; undefined where it has no name. */
  readonly name: string | undefined;
  close(): void;
}

/** The path that an input is of; null for all that is on no disk. */
export function pathOf(input: unknown): string | null {
  const text = input instanceof URL ? input.href : input;
  if (typeof text !== "string" || isWebAddress(text)) return null;
  if (input instanceof URL || isFileAddress(text)) return fromAddress(text);
  return text;
}

/** Opens what is to be read. */
export async function openInput(input: NodeInput, signal?: PlatformSignal | null): Promise<OpenInput> {
  const path = pathOf(input);
  if (path !== null) {
    const source = fileSource(path);
    return { source, name: path, close: source.close };
  }
  const isAddress = typeof input === "string" || input instanceof URL;
  const source = await toSource(typeof input === "string" ? new URL(input) : input, signal);
  return { source, name: isAddress ? nameOf(input) : undefined, close: () => {} };
}

/** Whether a text is an address of a file on this machine, and not a path. */
function isFileAddress(text: string): boolean {
  return /^file:\//i.test(text);
}

function fromAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw new FileError(
      "path",
      `expected a path or an address of a file, received ${inspect(nameOf(address))}.`,
      {
        cause,
      },
    );
  }
}

/** An address without its query, which may be secret. */
export function nameOf(address: string | PlatformUrl): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
