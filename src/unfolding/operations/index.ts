import type { KerasTensor, Operation } from "../../graph/graph.ts";
import { mapNested, type Nested } from "../../graph/nested.ts";
import { cast } from "../../ops/core.ts";
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

/** The arguments of a call and the options of its operation by their names. */
function givenTo(operation: Operation, args: readonly unknown[]): Given {
  const { fields, signature } = operation.constructor;
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) given[key] = Reflect.get(operation, key);
  for (const [i, name] of signature.names.entries()) given[name] = args[i] ?? null;
  const last = args.at(-1);
  const names: readonly string[] = signature.names;
  if (
    args.length > 1 &&
    typeof last === "object" &&
    last !== null &&
    Object.getPrototypeOf(last) === Object.prototype
  )
    for (const [key, value] of Object.entries(last)) if (names.includes(key)) given[key] = value;
  return given as unknown as Given;
}
