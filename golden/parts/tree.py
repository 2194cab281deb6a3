"""tree.json: what the functions of keras.tree give for structures; null where they refuse them."""

from keras import tree

from harness import text

CALLS = """
tree.is_nested([1]) | tree.is_nested({}) | tree.is_nested("text") | tree.is_nested(None) | tree.is_nested(1)
tree.flatten({"b": 1, "a": [2, [3, None]]}) | tree.flatten([]) | tree.flatten(5) | tree.flatten([{"y": [1], "x": {}}, [[2]]]) | tree.flatten(None)
tree.flatten_with_path({"b": 1, "a": [2, 3]}) | tree.flatten_with_path([[1], {"k": [2]}]) | tree.flatten_with_path(7)
tree.pack_sequence_as({"b": 0, "a": [0, 0]}, [1, 2, 3]) | tree.pack_sequence_as([0, [0, {"k": 0}]], [1, 2, 3]) | tree.pack_sequence_as(0, [1])
tree.pack_sequence_as([0, 0], [1]) | tree.pack_sequence_as([0], [1, 2])
tree.map_structure(ADD, {"a": [1, 2]}, {"a": [3, 4]}) | tree.map_structure(ADD, [1, {"k": 2}], [3, {"k": 4}]) | tree.map_structure(ADD, 1, 2)
tree.map_structure(ADD, [1, 2], [3]) | tree.map_structure(ADD, {"a": 1}, {"b": 1}) | tree.map_structure(ADD, [1], 2)
tree.map_structure_up_to([0, 0], PART, [[1, 2], {"a": 3}]) | tree.map_structure_up_to({"x": 0}, PART, {"x": [1]}) | tree.map_structure_up_to([0, 0], PART, [1])
tree.map_structure_up_to({"x": 0}, PART, {"y": 1}) | tree.map_structure_up_to([0, [0]], PART, [[5], [{"k": 6}]])
tree.map_shape_structure(RANK, {"a": (1, None), "b": [(2, 3, 4)]}) | tree.map_shape_structure(RANK, (2, 3))
tree.traverse(DOUBLE, [1, [2, {"k": 3}]]) | tree.traverse(DOUBLE, [1, [2]], top_down=False) | tree.traverse(SHORTEN, [[1, 2], [3, [4, 5]]])
tree.traverse(SHORTEN, [[1, 2], [3, [4, 5]]], top_down=False) | tree.traverse(NOTHING, {"a": 1, "b": [2]})
tree.assert_same_structure([1, [2]], [3, [4]]) | tree.assert_same_structure({"a": 1}, {"a": 2}) | tree.assert_same_structure([1], {"a": 1})
tree.assert_same_structure([1, 2], [1]) | tree.assert_same_structure({"a": 1}, {"b": 1})
tree.assert_same_paths({"a": [1]}, {"a": [2]}) | tree.assert_same_paths({"a": 1}, {"b": 1}) | tree.assert_same_paths([1, [2]], [1, 2])
"""

NAMES = {
    "ADD": lambda a, b: a + b,
    "PART": lambda part: part,
    "RANK": len,
    "DOUBLE": lambda x: 2 * x if isinstance(x, int) else None,
    "SHORTEN": lambda x: x[:1] if isinstance(x, list) else None,
    "NOTHING": lambda x: tree.MAP_TO_NONE if x == 1 else None,
}


def generate(folder, sections):
    records = []
    for expression in (e.strip() for line in CALLS.strip().splitlines() for e in line.split(" | ")):
        function = expression[len("tree.") :].partition("(")[0]
        if not hasattr(tree, function) or ("NOTHING" in expression and not hasattr(tree, "MAP_TO_NONE")):
            print(f"not in this version: {expression}")
            continue
        try:
            records.append({"id": expression, "function": function, "result": eval(expression, globals(), NAMES)})
        except (ValueError, TypeError, KeyError, AssertionError) as error:
            records.append({"id": expression, "function": function, "refused": type(error).__name__})
    text.write(folder / "tree.json", "calls", records)
    print(f"tree.json: {len(records)} calls")
    return 0
