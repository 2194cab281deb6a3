import type { Alias, Document, Node, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isDict } from "../../dialects/change.ts";
import { copyJson, setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isFloat, keysOf, mark, markFloat, setKeyOrder, unmarkFloat } from "../../json/marks.ts";
import type { ValueBudget } from "../../json/parse.ts";
import { joinPath } from "../../json/path.ts";
import { quote } from "../../json/quote.ts";
import { loadYaml, type Yaml } from "./library.ts";
import { Nesting } from "./nesting.ts";
import { readNumpyArray, readNumpyScalar } from "./numpy-scalar.ts";
import { type Plain, readPlain } from "./plain-scalar.ts";
import { isPartOfNumber, type Meaning, makesObjects, meaningOf, shownTag } from "./tags.ts";
import { YamlText } from "./yaml-text.ts";

/** Gets to know of a tag that asks for more than plain data, with the path of where it stands. */
export type OnTag = (tag: string, path: string) => void;

/** Deeper than any config, and half as deep as the package can go. */
const deepest = 400;
const notTooDeep = `at most ${deepest} levels of nesting`;

/** Words, signs and spaces of a text, each of which takes half a kilobyte: thrice what the largest config has. */
const mostTokens = 2 ** 20;

/**
 * Reads YAML text as Python's library writes the configs of models: plain data, in tuples and in lists, dicts and shapes of
 * TensorFlow too, and numbers of NumPy. No object is made of any other tag: it is an error, or, where there is an `onTag`, is told and taken as the data it stands on.
 * Values are counted, those of an alias as often as it stands there. `source` is what errors call the text.
 */
export async function parseYaml(
  text: string,
  source: string,
  budget: ValueBudget,
  onTag?: OnTag,
): Promise<JsonValue> {
  const yaml = await loadYaml(source);
  const where = new YamlText(text, source);
  checkWords(where, yaml);
  const document = composed(where, yaml);
  const [error] = document.errors;
  if (error?.code === "RESOURCE_EXHAUSTION") where.fail(error.pos[0], notTooDeep, "more");
  if (error?.code === "MULTIPLE_DOCS") where.fail(error.pos[0], "one document", "another one");
  if (error) where.fail(error.pos[0], "YAML text", `what is none: ${error.message.replace(/\.$/, "")}`);
  return new Reader(where, yaml, budget, onTag).document(document.contents);
}

/** The tree of the text. The package may exhaust the stack before it notices how deep it is. */
function composed(where: YamlText, { parseDocument }: Yaml): Document.Parsed {
  try {
    return parseDocument(where.text, {
      version: "1.1",
      // Texts only: what they stand for is decided as Python does, below.
      schema: "failsafe",
      resolveKnownTags: false,
      // The last of them holds, as in Python; looking for them takes time that grows with the square.
      uniqueKeys: false,
      prettyErrors: false,
      // "silent" would read over more than one document.
      logLevel: "error",
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return where.fail(0, notTooDeep, "more");
  }
}

/** Goes through the words of the text, before anything is made of them. */
function checkWords(where: YamlText, { Lexer }: Yaml): void {
  const nesting = new Nesting();
  let count = 0;
  let offset = 0;
  for (const word of new Lexer().lex(where.text)) {
    if (++count > mostTokens) where.fail(offset, `at most ${mostTokens} words and signs of YAML`, "more");
    const length = nesting.take(word);
    if (nesting.depth > deepest) where.fail(offset, notTooDeep, "more");
    offset += length;
  }
}

/** What a name of the text stands for. */
interface Anchored extends Read {
  /** How many values there are in it. */
  readonly values: number;
  readonly node: Node;
}

interface Read {
  readonly value: JsonValue;
  /** Whether it is an integral number that was written as a float. */
  readonly isFloat: boolean;
}

/** An entry of a dict. */
type Entry = readonly [key: string, read: Read];

/** The key of what a dict has from others. */
const MERGE = "<<";

class Reader {
  readonly #text: YamlText;
  readonly #yaml: Yaml;
  readonly #budget: ValueBudget;
  readonly #onTag: OnTag | undefined;
  /** What names stand for; null for one that is being read. */
  readonly #anchors = new Map<string, Anchored | null>();
  readonly #path: (string | number)[] = [];
  #values = 0;
  /** How many numbers of NumPy are being read: only in them are their parts taken. */
  #numbers = 0;

  constructor(text: YamlText, yaml: Yaml, budget: ValueBudget, onTag: OnTag | undefined) {
    this.#text = text;
    this.#yaml = yaml;
    this.#budget = budget;
    this.#onTag = onTag;
  }

  document(contents: Node | null): JsonValue {
    if (contents === null) return null;
    try {
      return this.#node(contents).value;
    } finally {
      this.#budget.take(Math.min(this.#budget.left, this.#values), this.#text.source);
    }
  }

  #node(node: Node): Read {
    if (this.#yaml.isAlias(node)) return this.#alias(node);
    const anchor = "anchor" in node ? (node.anchor as string | undefined) : undefined;
    if (anchor === undefined) return this.#tagged(node);
    this.#anchors.set(anchor, null);
    const before = this.#values;
    const read = this.#tagged(node);
    this.#anchors.set(anchor, { ...read, values: this.#values - before, node });
    return read;
  }

  /** A copy of what the name stands for. */
  #alias(node: Alias): Read {
    const found = this.#anchors.get(node.source);
    if (found === null) this.#fail(node, "a value", `one that contains itself, ${quote(node.source)}`);
    if (!found) this.#fail(node, "the name of a value before it", quote(node.source));
    this.#count(found.values);
    return { value: copyJson(found.value), isFloat: found.isFloat };
  }

  #tagged(node: Node): Read {
    const meaning = this.#meaningOf(node);
    if (meaning === "number" || meaning === "array") return this.#number(node, meaning);
    if (meaning === "argument") return this.#argument(node);
    if (meaning === "items") return this.#items(node);
    if (this.#yaml.isMap(node)) return this.#checked(node, meaning, "dict", () => this.#dict(node));
    if (this.#yaml.isSeq(node)) return this.#checked(node, meaning, "list", () => this.#list(node));
    if (!this.#yaml.isScalar(node)) this.#fail(node, "a value", "something else");
    this.#count(1);
    return this.#scalar(node, meaning);
  }

  /** What a node's tag asks for; undefined without one, and with one that is not taken but told. */
  #meaningOf(node: Node): Meaning | undefined {
    const tag = node.tag;
    if (tag === undefined) return undefined;
    const meaning = meaningOf(tag);
    if (meaning !== undefined && (!isPartOfNumber(meaning) || this.#numbers > 0)) return meaning;
    const shown = quote(shownTag(tag));
    const what = makesObjects(tag) ? "which makes objects of Python" : "which is not taken here";
    if (!this.#onTag) this.#fail(node, "plain data", `the tag ${shown}, ${what}`);
    this.#onTag(tag, this.#path.reduce<string>(joinPath, this.#text.source));
    return undefined;
  }

  #checked(node: Node, meaning: Meaning | undefined, kind: "list" | "dict", read: () => JsonValue): Read {
    const fits = meaning === undefined || meaning === kind || (meaning === "dtype" && kind === "dict");
    if (!fits) this.#fail(node, "a value that fits its tag", `a ${kind}`);
    if (this.#path.length === deepest) this.#fail(node, notTooDeep, "more");
    this.#count(1);
    return { value: read(), isFloat: false };
  }

  #list(node: YAMLSeq): JsonValue {
    const list: JsonValue[] = [];
    mark(list);
    for (const [i, item] of node.items.entries()) {
      if (!this.#yaml.isNode(item)) this.#fail(node, "a list of values", "one of pairs");
      const { value, isFloat } = this.#below(i, item);
      list.push(value);
      if (isFloat) markFloat(list, i);
    }
    return list;
  }

  #dict(node: YAMLMap): JsonValue {
    const merged: Entry[] = [];
    const own: Entry[] = [];
    for (const { key, value: item } of node.items) {
      if (this.#isMerge(key)) {
        for (const entry of this.#merged(node, item as Node | null)) merged.push(entry);
        continue;
      }
      const name = this.#key(node, key);
      own.push([name, item === null ? nothing : this.#below(name, item as Node)]);
    }
    return dictOf([...merged, ...own]);
  }

  /** Whether it is the key that has what is behind it in the dict: `<<`, without quotes and tag. */
  #isMerge(key: unknown): boolean {
    return this.#yaml.isScalar(key) && key.value === MERGE && key.type === "PLAIN" && key.tag === undefined;
  }

  /** The entries of a dict, or of a list of dicts, of which the first that has a key gives its value. */
  #merged(dict: Node, item: Node | null): readonly Entry[] {
    const { value } = item ? this.#below(MERGE, item) : nothing;
    const dicts = Array.isArray(value) ? [...value].reverse() : [value];
    if (!item || !dicts.every(isDict) || !this.#isPlain(item))
      this.#fail(item ?? dict, `a dict or a list of dicts behind ${MERGE}`, "something else");
    return dicts.flatMap(entriesOf);
  }

  /** Whether a node, and each in it if it is a list, is what it looks like, and none that something else is made of. */
  #isPlain(node: unknown): boolean {
    const found = this.#yaml.isAlias(node) ? this.#anchors.get(node.source)?.node : (node as Node);
    const meaning = found?.tag === undefined ? undefined : meaningOf(found.tag);
    if (meaning !== undefined && meaning !== "list" && meaning !== "dict") return false;
    return (
      !this.#yaml.isSeq(found) || found.items.every((item) => !this.#yaml.isSeq(item) && this.#isPlain(item))
    );
  }

  #below(key: string | number, item: Node): Read {
    this.#path.push(key);
    const read = this.#node(item);
    this.#path.pop();
    return read;
  }

  /** Python writes keys that are integers, too, and JSON has them as text. */
  #key(dict: Node, key: unknown): string {
    const node = this.#yaml.isNode(key) ? key : dict;
    const { value, isFloat } = this.#yaml.isNode(key) ? this.#node(key) : nothing;
    if (typeof value === "string") return value;
    if ((typeof value === "number" && !isFloat) || typeof value === "bigint") return String(value);
    return this.#fail(node, "text as a key", this.#text.at(offsetOf(node)));
  }

  #scalar(node: Scalar, meaning: Meaning | undefined): Read {
    const text = String(node.value ?? "");
    if (meaning === "name") return { value: text, isFloat: false };
    if (meaning === "list" || meaning === "dict" || meaning === "dtype")
      this.#fail(node, "a value that fits its tag", "a text or a number");
    if (meaning === "bytes") return { value: this.#bytes(node, text), isFloat: false };
    const isText = meaning === "text" || (meaning === undefined && node.type !== "PLAIN");
    if (isText) return { value: text, isFloat: false };
    if (text === MERGE && meaning === undefined)
      this.#fail(node, "a value", `${MERGE}, which is a key without quotes`);
    const read = readPlain(text);
    return integral(read ?? this.#fail(node, "an integer of at most 4300 digits", "a longer one"));
  }

  /** Bytes, each as a character. */
  #bytes(node: Node, text: string): string {
    try {
      return atob(text.replace(/\s+/g, ""));
    } catch {
      return this.#fail(node, "bytes in base64", "other text");
    }
  }

  #number(node: Node, meaning: "number" | "array"): Read {
    const isRight = meaning === "array" ? this.#yaml.isMap(node) : this.#yaml.isSeq(node);
    if (!isRight) this.#fail(node, "the dtype and bytes of a number", "something else");
    this.#numbers++;
    const found = this.#yaml.isMap(node)
      ? readNumpyArray(this.#dict(node) as JsonObject)
      : readNumpyScalar(this.#list(node as YAMLSeq));
    this.#numbers--;
    const help = "a number of NumPy, its dtype and as many bytes";
    return integral(found ?? this.#fail(node, help, "something else"));
  }

  /** What a list or shape of TensorFlow was made of. */
  #argument(node: Node): Read {
    const [item, ...others] = this.#yaml.isSeq(node) ? node.items : [];
    if (!this.#yaml.isNode(item) || others.length > 0)
      this.#fail(node, "a list of one argument", "something else");
    this.#count(1);
    return this.#node(item);
  }

  /** What is in a dict that counts how often it is used. */
  #items(node: Node): Read {
    if (!this.#yaml.isMap(node)) this.#fail(node, "the items of a dict", "something else");
    const { value } = this.#checked(node, "dict", "dict", () => this.#dict(node));
    const { dictitems: items } = value as JsonObject;
    if (!isDict(items)) this.#fail(node, "the items of a dict", "none");
    return { value: items, isFloat: false };
  }

  #count(values: number): void {
    this.#values += values;
    const { left } = this.#budget;
    if (this.#values > left) this.#budget.take(left + 1, this.#text.source);
  }

  #fail(node: Node, expected: string, received: string): never {
    return this.#text.fail(offsetOf(node), expected, received);
  }
}

/** A dict of these entries; the last of those with one key gives its value, and the first its place. */
function dictOf(entries: readonly Entry[]): JsonObject {
  const dict: JsonObject = {};
  mark(dict);
  const keys = new Set<string>();
  for (const [name, { value, isFloat }] of entries) {
    keys.add(name);
    setEntry(dict, name, value);
    if (isFloat) markFloat(dict, name);
    else unmarkFloat(dict, name);
  }
  const order = [...keys];
  if (Object.keys(dict).some((key, i) => key !== order[i])) setKeyOrder(dict, order);
  return dict;
}

function entriesOf(dict: JsonObject): readonly Entry[] {
  return keysOf(dict).map((key) => [key, { value: dict[key]!, isFloat: isFloat(dict, key) }]);
}

const nothing: Read = { value: null, isFloat: false };

/** Only integral numbers need to be marked. */
function integral({ value, isFloat }: Plain): Read {
  return { value, isFloat: isFloat && Number.isInteger(value) };
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
