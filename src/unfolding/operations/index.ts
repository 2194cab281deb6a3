import type { KerasTensor, Operation } from "../../graph/graph.ts";
import { mapNested, type Nested } from "../../graph/nested.ts";
import { cast } from "../../ops/core.ts";
import { givenBy } from "../given.ts";
import { arranging } from "./arranging.ts";
import { elementwise } from "./elementwise.ts";
import { normalizing } from "./normalizing.ts";
import type { Given, OperationRow, OperationRows } from "./operation-row.ts";
import { pastNan } from "./past-nan.ts";
import { pieces } from "./pieces.ts";

const rows: OperationRows = {
  ...arranging,
  ...elementwise,
  ...normalizing,
  ...pastNan,
  ...pieces,
};

/** The operations that can be written out, by module after `keras.src.ops.` and class. */
export const operationsUnfolded: readonly string[] = Object.keys(rows);

/** How a class of operations is written out. */
export function rowOf(operation: Operation["constructor"]): OperationRow | undefined {
  return rowIn(rows, operation);
}

/** What a table says of a class of operations. */
export function rowIn(
  table: OperationRows,
  { module, className }: Operation["constructor"],
): OperationRow | undefined {
  const path = `${String(module).replace(/^keras\.src\.ops\./, "")}.${className}`;
  return Object.hasOwn(table, path) ? table[path] : undefined;
}

/** The calls that stand for one of an operation, of the same dtype; null where there are none. */
export function unfoldCall(
  operation: Operation,
  row: OperationRow,
  args: readonly unknown[],
): Nested<KerasTensor> | null {
  const [node] = operation.inboundNodes;
  const dtypes = node?.outputs.map(({ dtype }) => dtype) ?? [];
  const made = row(givenTo(operation, args));
  if (made === null) return null;
  let i = 0;
  return mapNested(made, (tensor) => {
    const dtype = dtypes[i++] ?? tensor.dtype;
    return dtype === tensor.dtype ? tensor : cast(tensor, { dtype });
  });
}

/** The arguments of a call and the options of its operation by their names; null where a call does not give one. */
function givenTo(operation: Operation, args: readonly unknown[]): Given {
  const { fields, signature } = operation.constructor;
  const options = Object.keys(fields).map((key) => [key, Reflect.get(operation, key)]);
  const unsaid = signature.names.map((name) => [name, null]);
  return { ...Object.fromEntries([...options, ...unsaid]), ...givenBy(operation, args) } as unknown as Given;
}
