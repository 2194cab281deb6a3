import type { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";

/** The texts of variable-length strings, kept in collections that are read once each. */
export class GlobalHeap {
  readonly #collections = new Map<number, Map<number, Uint8Array>>();

  /** The bytes of the object that a reference names; its cursor stands after the reference. */
  async resolve(reference: Cursor): Promise<Uint8Array> {
    const length = reference.u32();
    const address = reference.optionalAddress();
    const index = reference.u32();
    if (length === 0) return new Uint8Array(0);
    if (address === undefined) throw reference.error("expected the address of a text, received none.");
    const { spot } = reference;
    const objects = this.#collections.get(address) ?? (await this.#load(spot, address));
    const bytes = objects.get(index);
    if (!bytes || bytes.length < length) {
      throw spot.error(
        `expected text ${index} of ${length} bytes at ${address}, received ${bytes?.length ?? "none"}.`,
      );
    }
    spot.charge(length);
    return bytes.subarray(0, length);
  }

  async #load(spot: Spot, address: number): Promise<Map<number, Uint8Array>> {
    const { lengthSize } = spot.file;
    const what = "a global heap";
    const head = await spot.read(address, 8 + lengthSize, what);
    head.signature("GCOL");
    head.expect("version", head.u8(), 1);
    head.skip(3);
    const heap = await spot.read(address, head.length(), what);
    // Headers take 16 bytes whatever the size of lengths, since all is aligned to 8.
    heap.skip(16);
    const objects = new Map<number, Uint8Array>();
    while (heap.remaining >= 16) {
      const index = heap.u16();
      heap.skip(6);
      const size = heap.length();
      heap.skip(8 - lengthSize);
      if (index === 0) break;
      objects.set(index, heap.take(size));
      heap.skip(Math.min((8 - (size % 8)) % 8, heap.remaining));
    }
    this.#collections.set(address, objects);
    return objects;
  }
}
