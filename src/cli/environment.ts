import { type Setting, type Streams, settings } from "./io.ts";

/** What Deno says of itself, as far as it is asked. */
interface Deno {
  readonly noColor: boolean;
  readonly permissions: {
    querySync(what: { readonly name: "env"; readonly variable: string }): { readonly state: string };
  };
}

/** The settings in the environment. Deno is not made to ask for a permission: what it would ask for is not set. */
export function readEnvironment(process: { readonly env: Streams["env"] }): Streams["env"] {
  const { Deno: deno } = globalThis as { readonly Deno?: Deno };
  const found: Partial<Record<Setting, string | undefined>> = {};
  for (const variable of settings) {
    const isAllowed = deno?.permissions.querySync({ name: "env", variable }).state ?? "granted";
    if (isAllowed === "granted") found[variable] = process.env[variable];
  }
  if (deno?.noColor) found.NO_COLOR = "1";
  return found;
}
