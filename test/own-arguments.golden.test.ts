import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { useReference } from "../src/engines/reference/index.ts";
import type { JsonObject } from "../src/json/json.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import type { Layer } from "../src/layers/layer.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { goldenObjects } from "./golden-custom.ts";
import { callSymbolically, type LayerRecord, layerFiles, optionsOf } from "./golden-layers.ts";

useReference();

type LayerClass = Omit<typeof Layer, "new"> & (new (options: object) => Layer);

/** A subclass of a layer's class whose constructor takes a share and leaves `getConfig` to its base. */
function withFactor(base: Layer) {
  return class Mine extends (base.constructor as unknown as LayerClass) {
    static override readonly className = "Mine";
    readonly share: number;
    constructor({ share = 2, ...rest }: { readonly share?: number } = {}) {
      super(rest);
      this.share = share;
    }
  };
}

function read({ config_text: text }: LayerRecord): Layer {
  return deserialize(parsePythonJson(text), { registry: builtins, customObjects: goldenObjects }) as Layer;
}

describe.each(layerFiles("3.6").map(({ name, cases }) => [name, cases] as const))(
  "a subclass of %s with an argument of its own",
  (_, cases) => {
    it.each(cases.map((record) => [record.id, record] as const))("%s", (_id, record) => {
      const base = read(record);
      const Mine = withFactor(base);
      const registry = builtins.with(goldenObjects);
      const make = (own: JsonObject) => new Mine({ ...optionsOf(read(record)), ...own });
      for (const isCalled of [false, true]) {
        const [plain, given] = [make({}), make({ share: 9 })];
        if (isCalled && record.call) for (const layer of [plain, given]) callSymbolically(layer, record);
        expect(plain.getConfig()).not.toHaveProperty("share");
        expect(given.getConfig()).toEqual({ ...plain.getConfig(), share: 9 });
        const text = stringifyPythonJson(given.getConfig()).replace(/"share": 9, |, "share": 9/, "");
        expect(text).toBe(stringifyPythonJson(plain.getConfig()));
        expect(Mine.fromConfig(given.getConfig(), { registry }).share).toBe(9);
      }
    });
  },
);
