import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import { GRU, LSTM } from "../../layers/recurrent/index.ts";
import { Sequential } from "../../models/sequential.ts";
import type { CudnnLayer } from "../cudnn-weights.ts";
import { connectByLayer } from "../layer-weights.ts";
import { readArrays } from "./turn.ts";

interface Case {
  readonly class_name: CudnnLayer;
  readonly weights: readonly TensorRecord[];
  readonly converted: readonly TensorRecord[];
}

const url = new URL("../../../golden/2.9/cudnn.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };

it.each(cases.map((record) => [`${record.class_name} ${record.weights[0]!.shape}`, record] as const))(
  "the weights of a %s are those of the layer that stands for it",
  (_, { class_name, weights, converted }) => {
    const [channels = 0, width = 0] = weights[0]!.shape;
    const Layer = class_name === "CuDNNGRU" ? GRU : LSTM;
    const layer = new Layer({ units: width / (class_name === "CuDNNGRU" ? 3 : 4), name: "it" });
    const model = new Sequential([layer]);
    model.build([null, null, channels]);
    const arrays = weights.map(recordTensor).map((tensor, i) => ({
      name: `it/${i}:0`,
      array: {
        dtype: tensor.dtype,
        shape: tensor.shape,
        read: () => Promise.resolve(tensor),
        readSync: () => tensor,
      },
    }));
    const { layers, turn } = readArrays(model, [{ name: "it", arrays }], {
      version: "2.2.4",
      backend: "tensorflow",
    });
    expect(connectByLayer(model, layers, { name: "model.h5", turn })).toEqual([]);
    expect(layer.weights.map(({ value }) => value)).toEqual(converted.map(recordTensor));
  },
);
