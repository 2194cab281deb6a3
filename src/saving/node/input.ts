import { fileURLToPath } from "node:url";
import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { PlatformSignal } from "../../platform.ts";
import { isWebAddress, nameOf, parseAddress } from "../address.ts";
import type { ByteSource } from "../byte-source.ts";
import { type SourceInput, toSource } from "../sources.ts";
import { mainFileAt } from "./folder.ts";
import { folderSource } from "./folder-source.ts";

/**
 * What is read in Node: a path of a file or a folder, an address (`file:`, `http:`, `https:`) as text or URL, bytes (a
 * Buffer is that), a Blob, or a source of your own.
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
  return input instanceof URL || isAddress(text) ? fromAddress(text) : text;
}

/** What is read of an input: of a folder the main file in it. */
export function mainInput(input: NodeInput): NodeInput {
  const path = pathOf(input);
  return path === null ? input : mainFileAt(path);
}

/** Opens what is to be read. */
export async function openInput(input: NodeInput, signal?: PlatformSignal | null): Promise<OpenInput> {
  const path = pathOf(input);
  if (path !== null) {
    return { ...folderSource(path), name: path };
  }
  const address = typeof input === "string" || input instanceof URL ? parseAddress("path", input) : null;
  const source = await toSource(address ?? (input as SourceInput), signal);
  return { source, name: address ? nameOf(address) : undefined, close: () => {} };
}

/** Whether a text is an address and not a path, on which a single letter is a drive. */
function isAddress(text: string): boolean {
  return /^(file:\/|[a-z][a-z\d+.-]+:\/\/)/i.test(text);
}

function fromAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    // The error of the platform holds all of the address.
    throw new FileError(
      "path",
      `expected a path or an address of a file, received ${inspect(nameOf(address))}.`,
    );
  }
}
