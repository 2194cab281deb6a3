import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import { Initializer, type InitializerFunction } from "./initializer.ts";

const aliases = {
  zero: "zeros",
  one: "ones",
  uniform: "random_uniform",
  normal: "random_normal",
  identity_initializer: "identity",
  IdentityInitializer: "identity",
  orthogonal_initializer: "orthogonal",
  OrthogonalInitializer: "orthogonal",
};

/** The names of Keras's initializers. */
export type InitializerName = NamesOf<typeof classes> | keyof typeof aliases;

/** What stands for an initializer: its name (`"glorot_uniform"`), an instance, a class, a function, an envelope. */
export type InitializerLike = Identifier<Initializer, InitializerName> | InitializerFunction;

const family = /* @__PURE__ */ familyOf<"initializer", InitializerLike, Initializer>({
  kind: "initializer",
  expected: "an initializer, the name of one, or a function",
  classes,
  droppable: true,
  aliases,
  members: objectsOf(Initializer, "create"),
});

/** A field that holds an initializer; null leaves it to the weight's dtype, as `addWeight` does. */
export const initializer = family.field;

/** The initializer that an identifier stands for; null for null. */
export const getInitializer = family.get;
