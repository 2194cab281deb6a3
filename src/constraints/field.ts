import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import { Constraint, type ConstraintFunction } from "./constraint.ts";

/** The names of Keras's constraints. */
export type ConstraintName = NamesOf<typeof classes>;

/** What stands for a constraint: its name (`"max_norm"`), an instance, a class, a function, an envelope. */
export type ConstraintLike = Identifier<Constraint, ConstraintName> | ConstraintFunction;

const family = /* @__PURE__ */ familyOf<"constraint", ConstraintLike, Constraint>({
  kind: "constraint",
  expected: "a constraint, the name of one, or a function",
  classes,
  droppable: true,
  members: objectsOf(Constraint, "call"),
});

/** A field that holds a constraint or null. */
export const constraint = family.field;

/** Fields for constraints by what they are for: `constraints("kernel")` is `{ kernel_constraint: constraint() }`. */
export const constraints = family.fields;

/** The constraint that an identifier stands for; null for null. */
export const getConstraint = family.get;
