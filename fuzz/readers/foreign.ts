import { recognize } from "../../src/saving/formats/foreign.ts";
import { planHdf5 } from "../../src/saving/hdf5/plan.ts";
import { loadModel } from "../../src/saving/index.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { unprintable } from "../judge.ts";
import { mutateBytes } from "../mutate/bytes.ts";
import { expectThat, type Reader } from "../reader.ts";

const text = (characters: string) => new TextEncoder().encode(characters);
const whole = (attributes: Readonly<Record<string, string | string[]>>) =>
  planHdf5({ attributes: new Map(Object.entries(attributes)), children: new Map() }).toBytes();

/** Files of other kinds, which are named. */
export const foreign: Reader<Uint8Array> = {
  name: "foreign formats",
  share: 8,
  seeds: () => [
    new Uint8Array(),
    whole({ model_config: "{}", keras_version: "2.2.4" }),
    whole({ layer_names: ["a"], keras_version: "1.0" }),
    text('{"format": "layers-model", "modelTopology": {}, "weightsManifest": []}'),
    text('{"class_name": "Model", "config": {}, "keras_version": "2.1.2", "backend": "tensorflow"}'),
    text("backend: tensorflow\nclass_name: Sequential\nconfig:\n- class_name: Dense\n"),
    text("\n<!DOCTYPE html>\n<html><head>"),
    text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
    text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
    Uint8Array.of(0x08, 0x0a, 0x12, 0x05, 0x6b, 0x65, 0x72, 0x61, 0x73),
    Uint8Array.of(0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33, 0, 0),
    Uint8Array.of(0x1f, 0x8b, 8, 0),
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0),
  ],
  mutate: mutateBytes,
  async run(bytes) {
    const found = await recognize(memorySource(bytes));
    if (found)
      expectThat(!unprintable.test(`${found.what}${found.help}`), "what a file is has control characters");
    await loadModel(bytes, { name: "a.keras" });
  },
};
