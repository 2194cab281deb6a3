import { describe, expect, it } from "vitest";
import { exportOnnx } from "../../engines/onnx/index.ts";
import { cloneModel, Input, Sequential, tensor } from "../../index.ts";
import { openValue, trace } from "../../models/trace.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  CategoryEncoding,
  HashedCrossing,
  Hashing,
  IntegerLookup,
  StringLookup,
  TextVectorization,
} from "./index.ts";
import { compareTerms, readTerms } from "./term.ts";

const sentences = ["the cat sat", "a cat"];
const ranked = ["", "[UNK]", "cat", "the", "sat", "a"];

async function* stream(): AsyncGenerator<Tensor> {
  for (const sentence of sentences) yield tensor([sentence]);
}

describe("a config that says any number of places", () => {
  const huge = 2 ** 40;
  it.each([{ vocabulary_size: huge }, { vocabulary_size: 4, max_tokens: huge, pad_to_max_tokens: true }])(
    "takes no memory for %j",
    (options) => {
      const layer = new StringLookup({ output_mode: "tf_idf", name: "l", ...options });
      expect(layer.weighting!.shape).toEqual([huge]);
      expect(layer.apply(Input({ shape: [2], dtype: "string" })).shape).toEqual([null, huge]);
      expect(() => layer.weighting!.value).toThrow(
        /expected memory for a float32 variable of shape \(1099511627776,\)/,
      );
    },
  );

  it("says what no rows can be made of", () => {
    const layer = new CategoryEncoding({ num_tokens: huge });
    expect(() => layer.apply(tensor([[1]]))).toThrow(
      "shape: expected sizes that fit into memory, received (1, 1099511627777).",
    );
  });
});

it("refuses what getVocabulary does not know", () => {
  const layer = new TextVectorization({ vocabulary: ["a"] });
  const options = { include_special_tokens: false } as object;
  expect(() => layer.getVocabulary(options)).toThrow(
    /getVocabulary: unknown option "include_special_tokens"\. Did you mean "includeSpecialTokens"\?$/,
  );
});

describe("adapt", () => {
  it.each<[string, (layer: TextVectorization) => void]>([
    ["a tensor", (layer) => layer.adapt(tensor(sentences))],
    ["a column", (layer) => layer.adapt(tensor(sentences, [2, 1]))],
    ["an array", (layer) => layer.adapt(sentences)],
    ["batches", (layer) => layer.adapt(sentences.map((sentence) => tensor([sentence])))],
    ["a set of batches", (layer) => layer.adapt(new Set(sentences.map((sentence) => tensor([sentence]))))],
  ])("learns from %s", (_, adapt) => {
    const layer = new TextVectorization();
    adapt(layer);
    expect(layer.getVocabulary()).toEqual(ranked);
    expect(layer.vocabularySize()).toBe(6);
    expect(layer.getVocabulary({ includeSpecialTokens: false })).toEqual(ranked.slice(2));
  });

  it("waits for batches, and takes as many as it is told", async () => {
    const layer = new TextVectorization();
    await layer.adapt(stream());
    expect(layer.getVocabulary()).toEqual(ranked);
    await layer.adapt(stream(), { steps: 1 });
    expect(layer.getVocabulary()).toEqual(["", "[UNK]", "the", "sat", "cat"]);
  });

  it("counts a batch of one dimension as one document, and data of one as many", () => {
    const weights = (data: Tensor | Tensor[]) => {
      const layer = new StringLookup({ output_mode: "tf_idf" });
      layer.adapt(data);
      return (layer.apply(tensor([["a"]])).toArray() as number[][])[0]![1];
    };
    expect(weights(tensor(["a", "a"]))).toBeCloseTo(Math.log(1 + 2 / 3));
    expect(weights([tensor(["a", "a"])])).toBeCloseTo(Math.log(1 + 1 / 2));
  });

  it("changes what a model predicts that was compiled before", async () => {
    const layer = new TextVectorization({ output_sequence_length: 2 });
    layer.adapt(["a"]);
    const model = new Sequential([Input({ shape: [1], dtype: "string" }), layer]);
    const x = tensor([["b a"]]);
    expect((await model.predict(x)).toArray()).toEqual([[1, 2]]);
    layer.setVocabulary(["b", "a"]);
    expect((await model.predict(x)).toArray()).toEqual([[2, 3]]);
    const clone = cloneModel(model);
    expect((await clone.predict(x)).toArray()).toEqual([[2, 3]]);
    layer.setVocabulary(["b"]);
    expect((await clone.predict(x)).toArray()).toEqual([[2, 3]]);
  });
});

describe("refuses", () => {
  const lookup = () => new StringLookup({ vocabulary: ["a"] });
  it.each<[string, () => unknown, string]>([
    [
      "a term twice",
      () => new StringLookup({ vocabulary: ["a", "a"] }),
      'expected each term once, received "a" again.',
    ],
    [
      "a special term among the others",
      () => new StringLookup({ vocabulary: ["a", "m"], mask_token: "m" }),
      'expected no special terms among the others, received "m".',
    ],
    [
      "too many terms",
      () => new StringLookup({ vocabulary: ["a", "b"], max_tokens: 2 }),
      "expected at most 2 terms (max_tokens)",
    ],
    [
      "to learn what was given",
      () => lookup().adapt(tensor(["a"])),
      "expected a layer without a vocabulary of its own",
    ],
    ["numbers for texts", () => lookup().apply(tensor([1])), "expected texts, received int32."],
    [
      "texts for numbers",
      () => new IntegerLookup({ vocabulary: [1] }).apply(tensor(["a"])),
      "expected integers, received texts.",
    ],
    [
      "no vocabulary",
      () => new TextVectorization().apply(tensor(["a"])),
      "expected a vocabulary, received none.",
    ],
    [
      "rows of unknown width",
      () => new StringLookup({ output_mode: "count" }).apply(Input({ shape: [1], dtype: "string" })),
      'expected a vocabulary, because output_mode is "count", received none.',
    ],
    [
      "what is in no vocabulary, without a place for it",
      () => new StringLookup({ vocabulary: ["a"], num_oov_indices: 0 }).apply(tensor(["b"])),
      'expected only what is in the vocabulary, received ["b"].',
    ],
    [
      "weights alone",
      () => new StringLookup({ idf_weights: [1] }),
      "StringLookup.idf_weights: expected null",
    ],
    [
      "several texts to split",
      () => new TextVectorization({ vocabulary: ["a"] }).apply(tensor([["a", "b"]])),
      "expected one text for each sample",
    ],
    [
      "one row for each of many tokens",
      () => new TextVectorization({ vocabulary: ["a"], output_mode: "one_hot" }).apply(tensor(["a"])),
      'received "one_hot"',
    ],
    [
      "ragged rows",
      () => new TextVectorization({ vocabulary: ["a"], ragged: true }).apply(tensor(["a"])),
      "expected ragged to be false",
    ],
    [
      "sparse rows",
      () => new StringLookup({ vocabulary: ["a"], sparse: true }).apply(tensor(["a"])),
      "expected sparse to be false",
    ],
    [
      "a float dtype for bins",
      () => new Hashing({ num_bins: 2, dtype: "float32" }),
      'expected dtype to be "int32" or "int64"',
    ],
    [
      "one feature",
      () => new HashedCrossing({ num_bins: 2 }).apply([tensor(["a"])]),
      "expected a list of at least 2 tensors, received 1.",
    ],
    [
      "weights of what is not counted",
      () => new CategoryEncoding({ num_tokens: 2 }).apply(tensor([[1]]), { count_weights: tensor([[1]]) }),
      "expected no count_weights",
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });

  it("a vocabulary of another size where rows were promised", () => {
    const layer = new StringLookup({ output_mode: "multi_hot" });
    layer.adapt(tensor(["a", "b"]));
    layer.apply(Input({ shape: [1], dtype: "string" }));
    expect(() => layer.setVocabulary(["a"])).toThrow("expected 3 terms, special ones among them");
    layer.setVocabulary(["c", "d"]);
    expect(layer.getVocabulary()).toEqual(["[UNK]", "c", "d"]);
  });
});

it("is no part of an ONNX file, which the layers behind may be", () => {
  const layer = new TextVectorization({ vocabulary: ["a"], output_sequence_length: 2 });
  const model = new Sequential([Input({ shape: [1], dtype: "string" }), layer]);
  const { program } = trace(model, [openValue([null, 1], "string")]);
  expect(() => exportOnnx(program)).toThrow(
    "exportOnnx: expected what ONNX has operators for, received standardize_text of texts, which runs in the reference engine. Export a model of the layers behind it.",
  );
});

describe("a file of special terms alone", () => {
  const fileOf = (layer: StringLookup) => layer.filesToWrite().get("vocabulary.txt")!;

  it("is that of a layer without a vocabulary", () => {
    const layer = new StringLookup({ mask_token: "" });
    layer.takeFile("vocabulary.txt", fileOf(layer));
    expect([layer.terms, layer.getConfig().vocabulary_size]).toEqual([null, null]);
  });

  it("is that of a layer that found no terms, if its config says so", () => {
    const layer = new StringLookup();
    layer.adapt(tensor(["[UNK]"]));
    const again = StringLookup.fromConfig(layer.getConfig());
    again.takeFile("vocabulary.txt", fileOf(layer));
    expect([again.terms?.shape, again.vocabulary_size]).toEqual([[0], 1]);
  });
});

describe("a file of terms", () => {
  it.each([
    ["\n[UNK]\na", ["", "[UNK]", "a"]],
    ["\r\n[UNK]\r\na\r\n", ["", "[UNK]", "a"]],
    ["[UNK]\rb\n\n", ["[UNK]", "b"]],
    ["a\u2028b\u0085\nc", ["a\u2028b\u0085", "c"]],
    ["", []],
  ])("%j is read as Python reads it", (text, terms) => {
    expect(readTerms(text, "string")).toEqual(terms);
  });

  it("of integers has nothing else", () => {
    expect(readTerms("-1\n +3 \n9223372036854775807\n9223372036854775808\n1.5\n", "int64")).toEqual([
      -1,
      3,
      9223372036854775807n,
      undefined,
      undefined,
    ]);
  });
});

it("orders terms by their bytes in UTF-8", () => {
  const terms = ["\ufffd", "😀", "b", "a", "ab", ""];
  const encoder = new TextEncoder();
  const hex = (text: string) => Buffer.from(encoder.encode(text)).toString("hex");
  expect([...terms].sort(compareTerms)).toEqual([...terms].sort((a, b) => (hex(a) < hex(b) ? -1 : 1)));
});
