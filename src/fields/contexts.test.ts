import { describe, expect, it } from "vitest";
import { Dense, InputLayer } from "../layers/index.ts";
import { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { deserialize, deserializeOwned } from "../registry/deserialize.ts";
import { serialize } from "../registry/serialize.ts";
import { currentReading, runReading } from "./reading.ts";
import { currentWriting, runWriting, withDialect } from "./writing.ts";

const envelope = (className: string, config: object = {}) => ({
  module: null,
  class_name: className,
  config,
  registered_name: className,
});

describe("reading", () => {
  it("is over when it has failed", () => {
    expect(() => deserialize(envelope("Absent"))).toThrow("unknown");
    expect(currentReading()).toBeNull();
  });

  it("refuses a promise, and says where", () => {
    class Slow extends Layer {
      static override fromConfig(): never {
        return Promise.resolve(new Slow()) as never;
      }
    }
    expect(() => deserialize({ a: [envelope("Slow")] }, { customObjects: { Slow } })).toThrow(
      "config.a[0] (Slow): expected to return at once, received a promise. It must not be async.",
    );
    expect(currentReading()).toBeNull();
    expect(() =>
      runReading({ path: "here" } as never, () => Promise.reject(new Error("nobody waits for it"))),
    ).toThrow("here: expected to return at once, received a promise. It must not be async.");
  });

  it("tells what is read which Keras wrote it, and not what is made meanwhile", () => {
    let inside: Sequential | undefined;
    class Own extends Model {
      static override fromConfig(): never {
        inside = new Sequential([new InputLayer({ shape: [2] }), new Dense({ units: 1 })]);
        return new Own() as never;
      }
    }
    const own = deserializeOwned(envelope("Own"), { customObjects: { Own }, dialect: 315 }) as Own;
    expect(own.dialect).toBe(315);
    expect(inside!.dialect).toBeNull();
    expect((Own.fromConfig as (config: object) => Own)({}).dialect).toBeNull();
    expect(Sequential.fromConfig({ name: "s", layers: [] }, { dialect: 315 }).dialect).toBe(315);
  });
});

describe("writing", () => {
  it("is over when it has failed", () => {
    class Broken extends Layer {
      override getConfig(): never {
        throw new Error("broken");
      }
    }
    expect(() => withDialect(315, () => serialize(new Broken()))).toThrow("broken");
    expect(currentWriting()).toMatchObject({ dialect: null, nodeIndices: null, depth: 0 });
  });

  it("refuses a promise", () => {
    class Slow extends Layer {
      override getConfig(): never {
        return Promise.resolve({}) as never;
      }
    }
    expect(() => runWriting(currentWriting(), () => Promise.resolve())).toThrow(
      "serialize: expected to return at once, received a promise. It must not be async.",
    );
    expect(() => serialize(new Slow())).toThrow(
      "Slow.getConfig: expected to return at once, received a promise. It must not be async.",
    );
  });
});
