import { mkdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Model } from "../src/models/model.ts";
import { formulaHash } from "../test/formula.ts";
import { ceratops } from "./package.ts";

/** Where the bench keeps what it makes. */
export const cache = new URL("../.cache/bench/", import.meta.url);
mkdirSync(cache, { recursive: true });

/** The config of a network of keras.applications, as Keras 3.6 writes it. */
export function applicationText(name: string): string {
  const path = new URL(`../golden/3.6/applications/${name}.config.json.gz`, import.meta.url);
  return gunzipSync(readFileSync(path)).toString();
}

/** The network for images of 224 × 224, with weights from a formula that keep its numbers in range. */
export function application(name: string): Model {
  const { cloneModel, Input, modelFromJson, Tensor } = ceratops;
  const model = cloneModel(modelFromJson(applicationText(name)), {
    inputTensors: Input({ shape: [224, 224, 3], name: "image" }),
  });
  for (const [k, variable] of model.weights.entries()) {
    const { shape } = variable;
    const size = shape.reduce((product, n) => product * n, 1);
    const scale = shape.length > 1 ? Math.sqrt((3 * shape.at(-1)!) / size) : 0.1;
    const offset = /gamma|variance/.test(variable.name) ? 1 : 0;
    const data = Float32Array.from({ length: size }, (_, i) => unit(k, i) * scale + offset);
    variable.assign(new Tensor("float32", shape, data));
  }
  return model;
}

/** An image of 224 × 224. */
export function image(): Float32Array {
  return Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => unit(7, i));
}

/** A number from −1 to 1. */
function unit(k: number, i: number): number {
  return (formulaHash(k, i) / 2 ** 32) * 2 - 1;
}
