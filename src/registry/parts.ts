/** How an object says what it was made of, where its properties do not tell: for those who compare two. */
export const parts: unique symbol = Symbol("ceratops.parts");

/** Something that says it. */
export interface HasParts {
  [parts](): object;
}
