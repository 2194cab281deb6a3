/** Checks and loads all samples where no file, program or address can be reached: prints what became of them, as JSON. */
import { outsideOf, sealOff } from "../../fuzz/sealed.ts";
import { kerasFile } from "../../src/check/files.fixture.ts";
import { checkModel, exitCodes, toSarif } from "../../src/check/index.ts";
import { CeratopsError, cloneModel, tensor } from "../../src/index.ts";
import { loadModel } from "../../src/saving/index.ts";
import type { Outcome } from "./outcome.ts";
import { samples } from "./samples.ts";

const built = Object.entries(samples).map(([name, make]) => [name, make()] as const);
// All modules are there before files cannot be read any more.
await outcomeOf("honest", kerasFile());
sealOff();
const outcomes: Record<string, Outcome> = {};
for (const [name, bytes] of built) outcomes[name] = await outcomeOf(name, bytes);
process.stdout.write(JSON.stringify(outcomes));

async function outcomeOf(name: string, bytes: Uint8Array): Promise<Outcome> {
  const report = await checkModel(bytes, { name: `${name}.keras` });
  const [run] = toSarif([report]).runs;
  const findings = run.results.map(({ ruleId, message }) => ({ code: ruleId, message: message.text }));
  const { verdict, usable } = report;
  const error = await errorOf(() => loadModel(bytes));
  const running =
    error === null ? await errorOf(async () => (await loadModel(bytes)).apply(tensor([[1, 2, 3, 4]]))) : null;
  const lenient = await errorOf(async () => cloneModel(await loadModel(bytes, { onUnknown: () => {} })));
  return {
    exitCode: exitCodes[verdict],
    verdict,
    usable,
    findings,
    error,
    running,
    lenient,
    reached: outsideOf(),
  };
}

/** What is thrown; null where nothing is. Errors that are none of ours end this. */
async function errorOf(step: () => Promise<unknown>): Promise<string | null> {
  try {
    await step();
    return null;
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    return `${error.name}: ${error.message}`;
  }
}
