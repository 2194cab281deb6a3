import { basename, dirname, join } from "node:path";
import type { ByteSource, Siblings } from "../byte-source.ts";
import { type FileSource, fileSource } from "./file.ts";

/** A file on disk that has those beside it, and what closes all of them that were opened. */
export function folderSource(path: string): { readonly source: ByteSource; close(): void } {
  const main = fileSource(path);
  const opened = [main];
  return { source: withSiblings(main, path, opened), close: closing(opened) };
}

function withSiblings(main: FileSource, path: string, opened: FileSource[]): ByteSource {
  const open = async (name: string): Promise<ByteSource> => {
    const beside = fileSource(join(dirname(path), name));
    opened.push(beside);
    return besides(beside, siblings);
  };
  const siblings: Siblings = { open, name: basename(path) };
  return besides(main, siblings);
}

function besides({ size, read, readSync, readInto }: FileSource, siblings: Siblings): ByteSource {
  return { size, read, readSync, readInto, siblings };
}

/** Knows nothing of the source, so that it can be found unused. */
function closing(opened: readonly FileSource[]): () => void {
  return () => {
    for (const file of opened) file.close();
  };
}
