import { checkModel } from "../../src/check/index.ts";
import { modelFromYaml } from "../../src/index.ts";
import { loadModel } from "../../src/saving/index.ts";
import { expectModelHolds } from "../model-holds.ts";
import { mutateYaml } from "../mutate/yaml-text.ts";
import { expectThat, type Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { goldenYaml } from "../seeds.ts";

const number = `
class_name: Sequential
config:
- class_name: Dropout
  config:
    batch_input_shape: !!python/tuple [null, &three 3]
    name: &name dropout_1
    p: !!python/object/apply:numpy.core.multiarray.scalar
    - &id001 !!python/object/apply:numpy.dtype
      args: [f4, 0, 1]
      state: !!python/tuple [3, <, null, null, null, -1, -1, 0]
    - !!binary |
      AAAAPw==
- class_name: GaussianNoise
  config: {name: noise, sigma: !!python/object/apply:numpy.core.multiarray.scalar [*id001, "\\0\\0\\0?"]}
keras_version: 1.2.2
`;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Configs in YAML; of a file that holds more than data, `check` says so. */
export const yaml: Reader<string> = {
  name: "YAML",
  share: 6,
  seeds: () => [number, ...goldenYaml()],
  mutate: mutateYaml,
  run: (text) =>
    withReading(text.length % 2 === 0, async (reading) => {
      if (text.length % 7 === 0) {
        const { verdict, findings } = await checkModel(bytesOf(text), { name: "a.yaml" });
        const isTagged = findings.some(({ code }) => code === "yaml-object");
        expectThat(!isTagged || verdict === "dangerous", "a tag of Python is not called dangerous");
      }
      const model =
        text.length % 3 === 0
          ? await loadModel(bytesOf(text), { name: "a.yaml", ...reading })
          : await modelFromYaml(text, reading);
      await expectModelHolds(model, reading);
    }),
};
