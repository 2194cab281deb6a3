import { describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import { FileError } from "../../errors.ts";
import { Budget } from "../budget.ts";
import { goldenSample } from "./golden.fixture.ts";
import { parseMetadata, readKerasMetadata } from "./keras-metadata.ts";

const budget = () => new Budget(1);

describe("keras_metadata.pb", () => {
  it("has what the model's config says as text, with lists for tuples and shapes", async () => {
    for (const name of ["plain", "nested", "recurrent"]) {
      const { files, facts } = await goldenSample(name);
      const bytes = files.get("saved/keras_metadata.pb") ?? new Uint8Array();
      const [root] = readKerasMetadata(bytes, "keras_metadata.pb", budget());
      expect(root).toMatchObject({ path: "root" });
      const { class_name, config, keras_version } = parseMetadata(root?.metadata ?? "", "root", budget());
      const text = JSON.parse(facts.config_text);
      expect({ class_name, config: withoutIds(config), keras_version }).toEqual({
        class_name: text.class_name,
        config: withoutIds(text.config),
        keras_version: "2.9.0",
      });
    }
  });

  it("has the layers, too", async () => {
    const { files } = await goldenSample("nested");
    const bytes = files.get("saved/keras_metadata.pb") ?? new Uint8Array();
    const nodes = readKerasMetadata(bytes, "keras_metadata.pb", budget());
    expect(nodes.map(({ path, identifier }) => [path, identifier])).toContainEqual([
      "root.layer_with_weights-1.layer_with_weights-0",
      "_tf_keras_layer",
    ]);
  });

  it.each([
    ["[1]", "expected an object, received [1]."],
    ['{"class_name": "__tuple__", "items": []}', "expected an object, received []."],
    ["", "file, line 1, column 1: expected a value"],
  ])("refuses the metadata %j", (text, message) => {
    expect(() => parseMetadata(text, "file", budget())).toThrow(FileError);
    expect(() => parseMetadata(text, "file", budget())).toThrow(message);
  });

  it("has no more nodes than its budget says", () => {
    const message = new Message();
    for (let i = 0; i < 20; i++) message.message(1, new Message());
    expect(() => readKerasMetadata(message.finish(), "file", new Budget(1, { objects: 10 }))).toThrow(
      "file: expected at most 10 groups, datasets, attributes or objects",
    );
  });
});

/** Shared objects have ids in other places of the two. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) => (key === "shared_object_id" ? undefined : inner));
}
