/** Writes docs/randomness.md from what is drawn here beside what Keras draws: `npm run randomness`. */
import { writeFileSync } from "node:fs";
import { measure } from "../test/randomness/measure.ts";
import { pageOf } from "../test/randomness/page.ts";

writeFileSync(new URL("../docs/randomness.md", import.meta.url), pageOf(await measure()));
