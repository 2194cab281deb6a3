export { flatten, flattenWithPath, isNested, type Path, packSequenceAs, type Tree } from "./flat.ts";
export { MAP_TO_NONE, mapShapeStructure, mapStructure, mapStructureUpTo, traverse } from "./mapping.ts";
export { assertSamePaths, assertSameStructure } from "./same.ts";
