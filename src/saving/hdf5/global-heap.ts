import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

/** A collection of the global heap: the bytes of its objects, by their numbers. */
type Collection = (index: number) => Uint8Array | undefined;

/**
 * The bytes of the object that a reference names, such as a string of its own length; its cursor stands after the
 * reference. Each collection of objects is read once.
 */
export function* heapObject(reference: Cursor): Steps<Uint8Array> {
  const { spot } = reference;
  const length = reference.u32();
  const address = reference.optionalAddress();
  const index = reference.u32();
  if (length === 0) return new Uint8Array(0);
  if (address === undefined) throw reference.error("expected the address of a text, received none.");
  const bytes = (spot.file.globalHeap.get(address) ?? (yield* readCollection(spot, address)))(index);
  if (!bytes || bytes.length < length) {
    throw spot.error(
      `expected text ${index} of ${length} bytes at ${address}, received ${bytes?.length ?? "none"}.`,
    );
  }
  spot.charge(length);
  spot.file.budget.textBytes.take(length, () => spot.place);
  return bytes.subarray(0, length);
}

function* readCollection(spot: Spot, address: number): Steps<Collection> {
  const { lengthSize } = spot.file;
  const what = "a global heap";
  const head = yield* wait(Cursor.read(spot, address, 8 + lengthSize, what));
  head.signature("GCOL");
  head.expect("version", head.u8(), 1);
  head.skip(3);
  const heap = yield* wait(Cursor.read(spot, address, head.length(), what));
  // Headers take 16 bytes whatever the size of lengths, since all is aligned to 8.
  heap.skip(16);
  /** Where the size of each stands, which is little beside a view for each. */
  const places = new Map<number, number>();
  while (heap.remaining >= 16) {
    const index = heap.u16();
    heap.skip(6);
    if (index === 0) break;
    places.set(index, heap.position);
    const { length } = takeObject(heap);
    heap.skip(Math.min((8 - (length % 8)) % 8, heap.remaining));
  }
  const collection: Collection = (index) => {
    const place = places.get(index);
    if (place === undefined) return undefined;
    heap.position = place;
    return takeObject(heap);
  };
  spot.file.globalHeap.set(address, collection);
  return collection;
}

/** The bytes of an object, whose size is next. */
function takeObject(heap: Cursor): Uint8Array {
  const { lengthSize } = heap.spot.file;
  const size = heap.length();
  heap.skip(8 - lengthSize);
  return heap.take(size);
}
