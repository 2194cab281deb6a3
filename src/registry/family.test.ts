import { describe, expect, it } from "vitest";
import { aNumber, required } from "../fields/kinds.ts";
import { float } from "../fields/shorthands.ts";
import { definer } from "./class-of.ts";
import { Configurable, copyObject } from "./configurable.ts";
import { withReading } from "./deserialize.ts";
import { familyOf, type Identifier } from "./family.ts";
import { type Members, objectsOf } from "./members.ts";
import { OpaqueObject } from "./opaque.ts";
import { Registry } from "./registry.ts";
import { serialize } from "./serialize.ts";

/** A family as losses will be: classes and functions of the same names, names that are short for both. */
abstract class Score extends Configurable {
  abstract call(x: number): number;
}

const kerasScore = definer(Score, { module: "keras.scores" });

class AbsoluteScore extends kerasScore("AbsoluteScore", {}) {
  override call(x: number) {
    return Math.abs(x);
  }
}

class SquaredScore extends kerasScore("SquaredScore", { factor: float(1) }) {
  override call(x: number) {
    return this.factor * x * x;
  }
}

/** A function that is used as a score, under the name it was asked for by. */
class FunctionScore extends Score {
  readonly #fn: (x: number) => number;
  readonly name: string;

  constructor(fn: (x: number) => number, name: string) {
    super();
    this.#fn = fn;
    this.name = name;
  }

  call(x: number) {
    return this.#fn(x);
  }
}

function squared_score(x: number) {
  return x * x;
}

function cubed(x: number) {
  return x ** 3;
}

type ScoreFunction = (x: number) => number;

const names = {
  kind: "score",
  expected: "a score, the name of one, or a function",
  classes: { AbsoluteScore, SquaredScore },
  functions: { squared_score },
  aliases: { sq: "squared_score", SQ: "squared_score", abs: "AbsoluteScore" },
} as const;

const objects = objectsOf(Score, "call");
const family = familyOf<"score", Identifier<Score> | ScoreFunction, Score>({ ...names, members: objects });

const named: Members<Score> = {
  ...objects,
  from: (found, asked) =>
    typeof found === "function" && !("fromConfig" in found)
      ? new FunctionScore(found as ScoreFunction, asked.name ?? found.name)
      : objects.from(found, asked),
};
const withNames = familyOf<"score", Identifier<Score> | ScoreFunction, Score>({ ...names, members: named });

const envelope = (class_name: string, config: object | string = {}) =>
  ({ module: "keras.scores", class_name, config, registered_name: null }) as never;

describe("get", () => {
  it.each<[string, Identifier<Score> | ScoreFunction, number]>([
    ["a name in snake case", "absolute_score", 3],
    ["a class's name", "SquaredScore", 9],
    ["the name of a function rather than of a class", "squared_score", 9],
    ["another name of a class", "abs", 3],
    ["another name of a function", "SQ", 9],
    ["a class", AbsoluteScore, 3],
    ["an instance", new SquaredScore({ factor: 2 }), 18],
    ["a function", cubed, -27],
    ["an envelope", envelope("SquaredScore", { factor: 3 }), 27],
    ["the envelope of a function of the family", { class_name: "function", config: "squared_score" }, 9],
  ])("%s", (_, identifier, expected) => {
    expect(family.get(identifier).call(-3)).toBe(expected);
  });

  it("null for null", () => {
    expect(family.get(null)).toBeNull();
  });

  it("what null stands for, where that is a member", () => {
    const zero = new SquaredScore({ factor: 0 });
    const always = familyOf<"score", Identifier<Score> | null, Score>({
      ...names,
      members: objects,
      none: zero,
    });
    expect(always.get(null)).toBe(zero);
    expect(always.field().parse(null, undefined as never)).toBe(zero);
  });

  it.each([
    ["abbs", 'score: unknown score "abbs". Did you mean "abs"?'],
    [3, "score: expected a score, the name of one, or a function, received 3."],
    [{}, "score: expected a score, the name of one, or a function, received {}."],
    ["constructor", 'score: unknown score "constructor".'],
  ])("not %j", (identifier, message) => {
    expect(() => family.get(identifier as never)).toThrow(message);
  });

  it("functions of one's own by name, after those of the family", () => {
    const registry = new Registry().with({ cubed, squared_score: cubed });
    const read = (name: string) => withReading({ registry }, () => family.get(name).call(2));
    expect(read("cubed")).toBe(8);
    expect(read("squared_score")).toBe(4);
  });

  it("classes of one's own by name, and says what is wrong with one", () => {
    class Own extends definer(Score)("Own", {}) {
      override call() {
        return 7;
      }
    }
    class Demanding extends definer(Score)("Demanding", { factor: required(aNumber) }) {
      override call() {
        return this.factor;
      }
    }
    const registry = new Registry().with({ Own, Demanding });
    const read = (name: string) => withReading({ registry }, () => family.get(name).call(2));
    expect(read("Own")).toBe(7);
    expect(() => read("Demanding")).toThrow("factor: expected a number, received nothing.");
    expect(() => read("Ownn")).toThrow('score: unknown score "Ownn".');
  });

  it.each([
    ["whole", envelope("AbsoluteScore")],
    ["bare, as older Keras writes it", { class_name: "AbsoluteScore", config: {} }],
  ])("the one member without options for an envelope that is %s", (_, json) => {
    const read = () => withReading({}, () => family.get(json as never));
    expect(read()).toBeInstanceOf(AbsoluteScore);
    expect(read()).toBe(read());
  });

  it("a class of one's own for a bare envelope that names it, and no other", () => {
    class Own extends definer(Score)("AbsoluteScore", {}) {
      override call() {
        return 7;
      }
    }
    const registry = new Registry().with({ AbsoluteScore: Own });
    const read = (json: object) => withReading({ registry }, () => family.get(json as never));
    expect(read({ class_name: "AbsoluteScore", config: {} })).toBeInstanceOf(Own);
    expect(read(envelope("AbsoluteScore"))).toBeInstanceOf(AbsoluteScore);
    expect(() => read({ class_name: "AbsoluteScore", config: { x: 1 } })).toThrow("x");
  });

  it("tells a member by which name it was asked for", () => {
    expect(withNames.get("sq")).toMatchObject({ name: "sq" });
    expect(withNames.get(cubed)).toMatchObject({ name: "cubed" });
    expect(withNames.get("absolute_score")).toBeInstanceOf(AbsoluteScore);
  });
});

describe("what stands for a function or for missing code", () => {
  const lost = new OpaqueObject(envelope("Lost"));

  it("is written as what it stands for", () => {
    expect(serialize(family.get(cubed))).toEqual(serialize(cubed));
    expect(serialize(family.get(lost))).toEqual(envelope("Lost"));
  });

  it("cannot be called without its code", () => {
    expect(() => family.get(lost).call(1)).toThrow(
      'score: expected a known class or function, received "Lost", which this program has no code for.',
    );
  });
});

describe("fields", () => {
  class Holder extends Configurable {
    static override readonly fields = { own: family.field("sq"), ...family.fields("kernel", "bias") };
    declare own: Score;
    declare kernel_score: Score | null;
    declare bias_score: Score | null;
  }

  it("are called by what they are for, and null by default", () => {
    const { own, kernel_score, bias_score } = new Holder({ bias_score: "abs" });
    expect([own.call(2), kernel_score, bias_score?.call(-2)]).toEqual([4, null, 2]);
  });

  it("have copies of what has options, and share the rest", () => {
    const holder = new Holder({
      own: new SquaredScore({ factor: 2 }),
      kernel_score: cubed,
      bias_score: "abs",
    });
    const copy = copyObject(holder);
    expect(copy.own).not.toBe(holder.own);
    expect(copy.own.call(1)).toBe(2);
    expect(copy.kernel_score).toBe(holder.kernel_score);
    expect(copy.bias_score).toBe(holder.bias_score);
  });
});
