import { describe, expect, it } from "vitest";
import { readClass } from "./class-text.ts";

/** A class of a text, exactly as a bundler may have left it. */
function classOf(text: string): object {
  return new Function("Base", "helper", "_x", `return ${text}`)(class {}, () => undefined, new WeakMap());
}

const nothing: readonly string[] = [
  "class extends Base {}",
  "class A extends Base{}",
  "class A extends Base { constructor() { super(); } }",
  "class A extends Base { constructor(\n) { super(); this.a = 1 } call(x) { return x } }",
  "class A extends Base { constructor(/* nothing */) { super() } }".replace("/* nothing */", ""),
  "class A { call(x) { return new this.constructor(x) } }",
  "class A { call(x) { return x.constructor.fromConfig(x) } }",
  "class A { call() { return this.arguments } }",
  "class A{call(e){return e}}",
  "function A() { this.a = 1 }",
];

const something: readonly string[] = [
  "class A { constructor(options) {} }",
  "class A { constructor({ factor = 2, ...rest } = {}) { this.factor = factor } }",
  "class A { constructor(units = 2) { this.units = units } }",
  "class A { constructor(...all) { this.all = all } }",
  "class A{constructor({factor:e=2,...t}={}){this.factor=e}}",
  "class A { constructor\n  (options) {} }",
  "class A { constructor /* what it takes */ (options) {} }",
  "class A { constructor // what it takes\n (options) {} }",
  "class A { constructor( // what it takes\n options) {} }",
  "class A { 'constructor'(options) {} }",
  'class A { "constructor" (options) {} }',
  "class A { constructor() { this.factor = arguments[0] } }",
  "class A extends Base { constructor() { super(...arguments); this.a = 1 } }",
  'class A{url="https://example.org";constructor(e){this.e=e}}',
  "class A{a=/[\"'`]/;constructor(e){this.e=e}}",
  "class A{a=`//`;constructor(e){this.e=e}}",
  "class A { a = '/*'; constructor(e) { this.e = e } b = '*/' }",
  "function A(options) { this.options = options }",
  "function A(){this.a=arguments[0]}",
  // More than there is: what only looks like code is taken for it.
  "class A { /* constructor(options) {} */ }",
  "class A { a = 'constructor(options)' }",
];

describe("whether a constructor takes something", () => {
  it.each(nothing)("not: %s", (text) => {
    expect(readClass(classOf(text)).takesArguments).toBe(false);
  });

  it.each(something)("maybe: %s", (text) => {
    expect(readClass(classOf(text)).takesArguments).toBe(true);
  });

  it("cannot be read in native code, and not in what stands for a class", () => {
    for (const cls of [Map, new Proxy(class {}, {}), class {}.bind(null)] as object[]) {
      const { takesArguments, hidesState } = readClass(cls);
      expect([takesArguments, hidesState]).toEqual([true, true]);
    }
  });
});

const open: readonly string[] = [
  "class A { constructor(a) { this.a = a } }",
  "class A { #check(a) { return a } constructor(a) { this.a = this.#check(a) } }",
  "class A { get #twice() { return 2 * this.a } constructor(a) { this.a = a; this.b = this.#twice } }",
  "class A { static #make(a) { return a } constructor(a) { this.a = A.#make(a) } }",
  "class A { async #load() {} constructor() { this.#load() } }",
  "class A { color = '#fff'; constructor(a) { this.a = a } }",
  "class A { /* see #12, #issue */ constructor(a) { this.a = a } }",
  "class A { constructor(map) { this.map = map; map.set('this', 1) } }",
  "class A { constructor(a) { this.private_ = a } }",
];

const hidden: readonly string[] = [
  "class A { #a; constructor(a) { this.#a = a } }",
  "class A { #a = 1; get a() { return this.#a } }",
  "class A{#e;constructor(e){this.#e=e}}",
  "class A { #a = new Map(); constructor(a) { this.#a.set('a', a) } }",
  "class A { #a = (b) => b; constructor(a) { this.#a(a) } }",
  "class A { #ä; constructor(a) { this.#ä = a } }",
  "class A { #a; constructor(a) { this .\n #a = a } }",
  "class A { #a; static read(o) { return o?.#a } }",
  "class A { #run() {} #a; constructor(a) { this.#run(); this.#a = a } }",
  "class A { constructor(a) { _x.set(this, a) } }",
  "class A { constructor(a) { helper.set( this, a) } }",
  "class A { constructor(a) { __privateAdd(this, _x, a) } }",
  "class A { constructor(a) { __classPrivateFieldSet(this, _x, a, 'f') } }",
  "class A { constructor(a) { _class_private_field_init(this, _x, a) } }",
];

describe("whether a class hides state", () => {
  it.each(open)("not: %s", (text) => {
    expect(readClass(classOf(text)).hidesState).toBe(false);
  });

  it.each(hidden)("yes: %s", (text) => {
    expect(readClass(classOf(text)).hidesState).toBe(true);
  });
});
