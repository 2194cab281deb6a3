import { capture } from "../src/cli/capture.fixture.ts";

/** Whether `ceratops check` says that a release of Keras loads a file; null where it says nothing. */
export type Claim = (release: string) => boolean | null;

/** What `ceratops check` says of a file. */
export async function claimOf(file: string): Promise<Claim> {
  const { stdout } = await capture(["check", file, "--json"]);
  const { version, keys, before } = JSON.parse(stdout).needs;
  return (release) => {
    const minor = minorOf(release);
    if (before !== null && minor >= minorOf(before)) return false;
    if (minor >= minorOf(version)) return true;
    // What a key is said to need no older version loads.
    return keys.length > 0 ? false : null;
  };
}

/** `3.11.3` → 11. */
export function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
