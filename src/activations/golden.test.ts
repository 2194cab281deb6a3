import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor, textAspect } from "../../test/tried.ts";
import { expectClose } from "../engines/expect-close.ts";
import { useReference } from "../engines/reference/index.ts";
import { Problems } from "../fields/problems.ts";
import { activation, getActivation } from "./field.ts";

interface GoldenActivation {
  readonly kind: string;
  readonly identifier: string;
  readonly config_text: string;
  readonly values?: readonly { readonly input: TensorRecord; readonly output: TensorRecord }[];
}

const records = ["3.6", "3.15"].flatMap((version) => {
  const text = readFileSync(new URL(`../../golden/${version}/objects.json`, import.meta.url), "utf8");
  const { objects } = JSON.parse(text) as { objects: GoldenActivation[] };
  return objects.filter(({ kind }) => kind === "activation").map((object) => ({ ...object, version }));
});

beforeAll(useReference);

describe("activations of Keras", () => {
  it.for(records)("$version $identifier: written by name", (record, context) => {
    const { identifier, config_text: text, version } = record;
    const field = activation();
    const read = field.parse(identifier, new Problems(""));
    const note = noteFor(context, `activations.${identifier}`, "activations.get", "activations.serialize");
    note(textAspect(version), () => expect(JSON.stringify(field.toJson(read))).toBe(text));
  });

  it.for(records.filter(({ values }) => values))(
    "$version $identifier: values",
    ({ identifier, values = [] }, context) => {
      const apply = getActivation(identifier);
      noteFor(context, `activations.${identifier}`)("values", () => {
        for (const { input, output } of values) {
          const expected = recordTensor(output);
          const received = apply(recordTensor(input)) as typeof expected;
          expectClose(received, expected, `${identifier} of ${input.dtype}`);
        }
      });
    },
  );
});
