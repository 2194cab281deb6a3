import {
  builtins,
  deserialize,
  modelFromJson,
  parsePythonJson,
  serialize,
  stringifyPythonJson,
} from "../../src/index.ts";
import { isSame } from "../is-same.ts";
import { expectModelHolds } from "../model-holds.ts";
import { jsonText } from "../mutate/json-text.ts";
import { copyOf } from "../mutate/places.ts";
import { mutatePlain } from "../mutate/plain.ts";
import type { Random } from "../random.ts";
import { expectThat, type Plain, type Reader } from "../reader.ts";
import { type Reading, withReading } from "../reading.ts";
import { goldenConfigs } from "../seeds.ts";
import { withoutIds } from "../without-ids.ts";

/** A config, and whether what is not known is kept. */
interface Case {
  [key: string]: Plain;
  lenient: boolean;
  config: Plain;
}

type Envelope = { [key: string]: Plain; class_name: string; config: Plain };

const ofModels = () => ["3.6", "3.15"].flatMap((version) => goldenConfigs(`${version}/models`));
/** What is no layer. */
const kinds = ["objects", "newer_objects", "losses", "metrics", "optimizers", "schedules", "quantizers"];
const ofObjects = () => [
  ...["3.6", "3.15"].flatMap((version) => [
    ...goldenConfigs(`${version}/layers`),
    ...goldenConfigs(`${version}/texts`),
    ...kinds.flatMap((kind) => goldenConfigs(`${version}/${kind}.json`)),
  ]),
];
const strict = (config: Plain): Case => ({ lenient: false, config });

function mutate(seed: Case, random: Random, seeds: readonly Case[]): Case {
  const others = [random.pick(seeds).config];
  return { lenient: random.once(3), config: mutatePlain(seed.config, random, others) };
}

/** `modelFromJson` of the text of a model. */
export const configs: Reader<Case> = {
  name: "modelFromJson",
  share: 12,
  seeds: () => [...ofModels(), ...goldenConfigs("3.6/ops.json")].map(strict),
  mutate,
  run: ({ lenient, config }) =>
    withReading(lenient, (reading) => expectModelHolds(modelFromJson(jsonText(config), reading), reading)),
};

/** `fromConfig` of every class, on objects of the program's own. */
export const classes: Reader<Case> = {
  name: "fromConfig",
  share: 14,
  seeds: () => [...ofObjects(), ...ofModels()].filter((config) => classOf(config as Envelope)).map(strict),
  mutate: (seed, random, seeds) => {
    const { class_name, module, config } = seed.config as Envelope;
    const changed = mutate({ lenient: false, config }, random, seeds);
    return {
      lenient: changed.lenient,
      config: { module: module ?? null, class_name, config: changed.config },
    };
  },
  run: ({ lenient, config: envelope }) =>
    withReading(lenient, (reading) => {
      const cls = classOf(envelope as Envelope);
      if (!cls) return;
      const { config } = envelope as Envelope;
      const before = copyOf(config);
      try {
        expectWritten(cls.fromConfig(config as never, reading as never), reading);
      } finally {
        expectThat(isSame(config, before), "the config that was given is changed");
      }
    }),
};

/** `deserialize` of the envelope of any object. */
export const envelopes: Reader<Case> = {
  name: "deserialize",
  share: 14,
  seeds: () => ofObjects().map(strict),
  mutate,
  run: ({ lenient, config }) =>
    withReading(lenient, (reading) => expectWritten(deserialize(config, reading), reading)),
};

/** An object that was read is written; read again it is the same, but for ids of shared objects, which belong to files. */
function expectWritten(object: unknown, reading: Reading): void {
  const text = textOf(object);
  if (text === undefined) return;
  const again = textOf(deserialize(parsePythonJson(text), reading));
  expectThat(
    again !== undefined && withoutIds(again) === withoutIds(text),
    "what was written is read as something else",
  );
}

function textOf(object: unknown): string | undefined {
  if (typeof object !== "object" || object === null || !("getConfig" in object)) return undefined;
  return stringifyPythonJson(serialize(object as never));
}

function classOf(envelope: Envelope) {
  if (typeof envelope !== "object" || envelope === null || Array.isArray(envelope)) return undefined;
  return builtins.find({ module: envelope.module ?? null, class_name: envelope.class_name } as never);
}
