import { describe, expect, it } from "vitest";
import { tfKerasModels } from "../../../test/golden-tf-keras.ts";
import { Input, Model, Sequential } from "../../index.ts";
import { GlorotNormal } from "../../initializers/index.ts";
import { Bidirectional, Dense, LSTM, SimpleRNN } from "../../layers/index.ts";
import { loadModel } from "../../node.ts";
import { modelToJson } from "../../tf-keras/index.ts";

const idsIn = (text: string) =>
  [...text.matchAll(/"shared_object_id": ([^,}]+)/g)].map(([, id]) => Number(id));
const file = (id: string) => tfKerasModels("2.9").find((record) => record.id === id)!.file!;

function row(kernel_initializer = new GlorotNormal()) {
  const layers = [1, 2].map((units) => new Dense({ units, kernel_initializer, name: `d${units}` }));
  return new Sequential([Input({ shape: [3], name: "x" }), ...layers], { name: "row" });
}

/** A graph that gives its input to each layer. */
function graphOf(...layers: readonly (Dense | LSTM | Bidirectional | Sequential)[]) {
  const x = Input({ shape: layers[0] instanceof Sequential ? [3] : [4, 3], name: "x" });
  return new Model({ inputs: x, outputs: layers.map((layer) => (layer as Dense).apply(x)), name: "graph" });
}

describe("ids of shared objects", () => {
  it("are in no stack of layers, but where it is in a graph", () => {
    expect(idsIn(modelToJson(row()))).toEqual([]);
    expect(idsIn(modelToJson(graphOf(row())))).toEqual([2, 2]);
    expect(idsIn(modelToJson(new Sequential([graphOf(row())], { name: "outer" })))).toEqual([2, 2]);
  });

  it("are not in what goes backwards in a layer of its own", () => {
    const layer = new LSTM({ units: 2, name: "forth" });
    const backward_layer = new SimpleRNN({ units: 2, go_backwards: true, name: "back" });
    const text = modelToJson(graphOf(new Bidirectional({ layer, backward_layer, name: "ways" })));
    expect(idsIn(text.slice(text.indexOf("backward_layer")))).toEqual([]);
    expect(idsIn(text)).toEqual([1, 2, 3]);
  });

  it("are in no text of a newer Keras", () => {
    for (const keras of ["2.12", "2.15", "3.6"])
      expect(modelToJson(graphOf(row()), { keras })).not.toContain("shared_object_id");
  });

  it("are counted anew in a new graph of layers that were read", async () => {
    const read = await loadModel(file("encoder_decoder"));
    const encoder = read.layers.find(({ name }) => name === "encoder") as LSTM;
    const x = Input({ shape: [null, 3], name: "x" });
    const dense = new Dense({ units: 3, name: "before" });
    const model = new Model({
      inputs: x,
      outputs: encoder.apply(dense.apply(new Dense({ units: 3, name: "first" }).apply(x))) as never,
      name: "new",
    });
    expect(idsIn(modelToJson(read))).toEqual([2, 3, 4, 7, 8, 9]);
    expect(idsIn(modelToJson(model))).toEqual([7, 8, 9]);
  });
});
