/** Refuses to publish before the package says where it is truly from: its provenance is compared with that. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./doors.ts";

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly repository: { readonly url: string };
};
const addresses = [manifest.homepage, manifest.bugs.url, manifest.repository.url];
// Nobody can have a name that ends in .example.
const empty = addresses.filter((address) =>
  new URL(address.replace(/^git\+/, "")).hostname.endsWith(".example"),
);
if (empty.length > 0) {
  console.error(
    `expected homepage, bugs and repository of package.json to be where the project lives, received ${empty.join(", ")}.`,
  );
  process.exitCode = 1;
}
