import type { Loading } from "../src/check/index.ts";
import { capture } from "../src/cli/capture.fixture.ts";

/** By program and release, as `keras 3.6.0`: by golden file, whether it loads it. */
export type VersionsTable = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** Whether `ceratops check` says that a release such as `keras 3.6.0` loads a file; null where it says that it does not know. */
export type Claim = (release: string) => boolean | null;

/** What `ceratops check` says of a file. */
export async function claimOf(file: string): Promise<Claim> {
  const { stdout } = await capture(["check", file, "--json"]);
  const { loads } = JSON.parse(stdout) as { loads: readonly Loading[] };
  return (release) => {
    const [program, version = ""] = release.split(" ");
    const minor = version.split(".").slice(0, 2).join(".");
    const found = loads.find((each) => each.program === program && each.versions.includes(minor));
    return found?.loads ?? null;
  };
}
