/** Measures one group in a process of its own and prints its rows as JSON behind a mark. */
import { parseArgs } from "node:util";
import { MARK } from "./mark.ts";
import type { Group } from "./row.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" } },
});
const { measure } = (await import(`./groups/${positionals[0]}.ts`)) as { measure: Group };
const rows = await measure({ quick: values.quick ?? false });
console.log(`\n${MARK}${JSON.stringify(rows)}`);
process.exit(0);
