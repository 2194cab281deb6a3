import { ConfigError } from "../../src/errors.ts";
import { deserialize, modelFromJson, serialize } from "../../src/index.ts";
import { Budget } from "../../src/saving/budget.ts";
import { parseYaml } from "../../src/saving/yaml/parse-yaml.ts";
import { expectModelHolds } from "../model-holds.ts";
import { jsonText } from "../mutate/json-text.ts";
import { copyOf } from "../mutate/places.ts";
import { mutatePlain } from "../mutate/plain.ts";
import type { Plain, Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { goldenConfigs, goldenYaml } from "../seeds.ts";

/** A config, and whether what is not known is kept. */
interface Case {
  [key: string]: Plain;
  lenient: boolean;
  isModel: boolean;
  config: Plain;
}

const ofModels = async () => [
  ...goldenConfigs("2.9/models"),
  ...goldenConfigs("2.9/ops.json"),
  ...(await Promise.all(
    goldenYaml().map(async (text) =>
      copyOf((await parseYaml(text, "a", new Budget(text.length).jsonValues)) as Plain),
    ),
  )),
];
const ofLayers = () => [...goldenConfigs("2.9/layers"), ...goldenConfigs("2.9/old_layers.json")];

/** Configs of Keras 1 and 2 as JSON: of models, and of layers that say their dialect. */
export const olderConfigs: Reader<Case> = {
  name: "configs of Keras 1 and 2",
  share: 6,
  seeds: async () => [
    ...(await ofModels()).map((config): Case => ({ lenient: false, isModel: true, config })),
    ...ofLayers().map((config): Case => ({ lenient: false, isModel: false, config })),
  ],
  mutate: ({ isModel, config }, random, seeds) => ({
    lenient: random.once(3),
    isModel,
    config: mutatePlain(config, random, [random.pick(seeds).config]),
  }),
  run: ({ lenient, isModel, config }) =>
    withReading(lenient, async (reading) => {
      if (!isModel) {
        const object = deserialize(config, { ...reading, dialect: 209 });
        if (typeof object === "object" && object !== null && "getConfig" in object)
          serialize(object as never);
        return;
      }
      const model = modelFromJson(jsonText(config), reading);
      await expectModelHolds(model, reading);
      expectWrittenFor(model, "2.9");
    }),
};

/** What the other Keras has no words for is an error of this package. */
function expectWrittenFor(model: ReturnType<typeof modelFromJson>, keras: string): void {
  try {
    model.toJson({ keras });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
}
