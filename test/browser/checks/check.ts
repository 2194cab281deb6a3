import { checkModel } from "../../../src/check/index.ts";
import { type BrowserCheck, expectEqual, fetchBlob } from "../check.ts";

/** What is safe to load is said in a page too. */
const files = [
  ["dense", "clean"],
  ["custom_layer", "unknown"],
  ["python_lambda", "dangerous"],
] as const;

export const checkChecks: readonly BrowserCheck[] = files.map(([name, verdict]) => ({
  name: `check says of ${name}.keras that it is ${verdict}`,
  async run() {
    const report = await checkModel(await fetchBlob(`/golden/3.6/files/${name}.keras`), { name });
    expectEqual([report.file, report.format, report.verdict], [name, "keras", verdict]);
  },
}));
