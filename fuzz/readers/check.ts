import { checkModel, toSarif } from "../../src/check/index.ts";
import { FileError } from "../../src/errors.ts";
import { goldenObjects } from "../../test/golden-custom.ts";
import { faultOf } from "../judge.ts";
import { mutateBytes } from "../mutate/bytes.ts";
import { mutateHdf5 } from "../mutate/hdf5.ts";
import type { Random } from "../random.ts";
import { expectThat, type Reader, Wrong } from "../reader.ts";
import { goldenFiles, kerasFiles } from "../seeds.ts";
import { foreign } from "./foreign.ts";
import { mutateKeras } from "./keras.ts";

const beginsWith = (bytes: Uint8Array, first: number) => bytes[0] === first;

/** Scans of files: what is wrong with one is in the report and never thrown. */
export const check: Reader<Uint8Array> = {
  name: "checkModel",
  share: 8,
  seeds: async () => [...kerasFiles(), ...goldenFiles("hdf5", ".h5").slice(0, 8), ...(await foreign.seeds())],
  mutate(seed: Uint8Array, random: Random, seeds: readonly Uint8Array[]): Uint8Array {
    if (beginsWith(seed, 0x50)) return mutateKeras(seed, random, seeds.slice(0, 40));
    return beginsWith(seed, 0x89) ? mutateHdf5(seed, random, seeds) : mutateBytes(seed, random, seeds);
  },
  async run(bytes) {
    const report = await checkModel(bytes, { name: "a.keras", customObjects: goldenObjects });
    for (const { path, message } of report.findings) {
      const fault = faultOf(new FileError(path || "file", message));
      if (fault) throw new Wrong(`of a finding, ${fault.text}`);
    }
    const isClean = report.findings.every(({ severity }) => severity === "harmless");
    expectThat(isClean === (report.verdict === "clean"), "the verdict is not that of the findings");
    expectThat(
      toSarif([report]).runs[0]?.results?.length === report.findings.length,
      "SARIF has other findings",
    );
  },
};
