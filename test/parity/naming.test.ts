import { beforeEach, describe, expect, it } from "vitest";
import { autoName, resetNames, toSnakeCase, uniquify } from "../../src/graph/naming.ts";
import { Dense } from "../../src/layers/core/dense.ts";

describe("utils/naming_test.py", () => {
  beforeEach(resetNames);

  it("test_uniquify_unique_name: the first is bare", () => {
    expect(uniquify("the_unique_name")).toBe("the_unique_name");
  });

  it("test_uniquify_non_unique_name: the second has a number", () => {
    expect([uniquify("non_unique"), uniquify("non_unique")]).toEqual(["non_unique", "non_unique_1"]);
  });

  it("test_uniquify_already_uniquified_name: a numbered name has a counter of its own", () => {
    expect([uniquify("name_1"), uniquify("name_1"), uniquify("name")]).toEqual([
      "name_1",
      "name_1_1",
      "name",
    ]);
  });

  it("test_auto_name: counted by class", () => {
    expect([1, 2, 3].map(() => autoName("Dense"))).toEqual(["dense", "dense_1", "dense_2"]);
    expect(new Dense({ units: 1 }).name).toBe("dense_3");
    expect(new Dense({ units: 1, name: "dense_4" }).name).toBe("dense_4");
    expect(new Dense({ units: 1 }).name).toBe("dense_4");
  });

  it("test_reset_uids: counting starts anew", () => {
    autoName("Dense");
    resetNames();
    expect(autoName("Dense")).toBe("dense");
  });

  it.each([
    ["myVariableNameHere", "my_variable_name_here"],
    ["convertTHIS", "convert_this"],
    ["already_snake_cased", "already_snake_cased"],
    ["lowercase", "lowercase"],
    ["UPPERCASE", "uppercase"],
    ["Conv2D", "conv2d"],
    ["ReLU", "re_lu"],
    ["LSTMCell", "lstm_cell"],
    ["GlobalAveragePooling2D", "global_average_pooling2d"],
    ["RMSprop", "rm_sprop"],
    ["MyHTTPServer2Layer", "my_http_server2_layer"],
    ["_Private", "__private"],
    ["with space!", "withspace"],
  ])("test_to_snake_case: %s", (name, expected) => {
    expect(toSnakeCase(name)).toBe(expected);
  });
});
