import type { Numeric } from "../program/emit.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Nested } from "./nested.ts";
import type { AnyArguments, Argument, Form, Signature } from "./signature.ts";

/** What a caller gives for an argument of a form, where `T` is what it has as tensors. */
interface Forms<T> {
  readonly tensor: T;
  readonly tensors: readonly T[];
  readonly structure: Nested<T>;
  readonly mask: Nested<T | null>;
  readonly flag: boolean;
}

type Inside<A> = A extends Argument<infer I, Form, boolean> ? I : never;

type Given<A, T> =
  A extends Argument<infer I, infer F, infer Required>
    ? (F extends keyof Forms<T> ? Forms<T>[F] : I) | (Required extends true ? never : null)
    : never;

/** What `call` receives first. */
export type FirstOf<S> = S extends Signature<infer A, infer F> ? Inside<A[F]> : never;

type LaterNames<A extends AnyArguments, F extends string> = Exclude<keyof A, F> & string;

/** An argument that `call` always receives: it must be given, or has a default. */
// biome-ignore lint/suspicious/noExplicitAny: whatever it is inside.
type Sure = Argument<any, Form, true> | Argument<any, "flag", boolean>;

/** What `call` receives second: the other arguments by name. */
export type RestOf<S> =
  S extends Signature<infer A, infer F>
    ? string extends F
      ? object
      : [LaterNames<A, F>] extends [never]
        ? Readonly<Record<string, never>>
        : { readonly [K in LaterNames<A, F> as A[K] extends Sure ? K : never]: Inside<A[K]> } & {
            readonly [K in LaterNames<A, F> as A[K] extends Sure ? never : K]?: Inside<A[K]>;
          }
    : never;

/** What there is of each tensor of an argument of a form: `T` of one that has no dimensions of its own. */
interface OfTensors<Of, Alone> {
  readonly tensor: Of;
  readonly tensors: readonly Of[];
  readonly structure: Nested<Alone>;
}

type OfFirst<S, Of, Alone> =
  S extends Signature<infer A, infer F>
    ? A[F] extends Argument<infer _, infer Kind, boolean>
      ? Kind extends keyof OfTensors<Of, Alone>
        ? OfTensors<Of, Alone>[Kind]
        : Nested<Alone>
      : never
    : never;

/** The shapes of what `call` receives first, as `build` receives them. */
export type ShapeOf<S> = OfFirst<S, Shape, number | null>;

/** The masks of what `call` receives first, as `computeMask` receives them. */
export type MaskOf<S> = OfFirst<S, Numeric | null, Numeric | null>;

/** What a caller gives first; where the class is not known, tensors in any structure. */
export type GivenFirst<S, T> =
  S extends Signature<infer A, infer F> ? (string extends F ? Nested<T | null> : Given<A[F], T>) : never;

/** What any call of a layer may say, for the layers inside. */
type Contextual = {
  readonly training?: boolean | null | undefined;
};

/** The keyword arguments of a call. */
export type KeywordsOf<S, T> =
  S extends Signature<infer A, infer F>
    ? Contextual & { readonly [K in LaterNames<A, F>]?: Given<A[K], T> | undefined }
    : never;

/** What a caller may give after the first: the other arguments in order, or last an object of them by name. */
export type GivenRest<S, T> =
  S extends Signature<infer A, infer F>
    ? string extends F
      ? AnyGiven<T>
      : [LaterNames<A, F>] extends [never]
        ? Contextual
        : { readonly [K in LaterNames<A, F>]: Given<A[K], T> }[LaterNames<A, F>] | KeywordsOf<S, T>
    : never;

/** What a caller may give where the class is not known: anything that an operation may take. */
export type LooseArguments<S, T> =
  S extends Signature<infer _, infer F>
    ? string extends F
      ? readonly AnyGiven<T>[]
      : readonly never[]
    : never;

/** What an argument of any operation may be, where `T` is what the caller has as tensors. */
export type AnyGiven<T> =
  | Nested<T | number | bigint | boolean | string | null | undefined>
  | Readonly<Record<string, unknown>>;
