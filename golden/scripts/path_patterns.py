"""Writes src/dtype-policies/pattern.golden.json: which paths the expressions of a DTypePolicyMap match in the newest Keras.

    KERAS_BACKEND=jax .cache/python/latest/bin/python golden/scripts/path_patterns.py
"""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras

OUT = Path(__file__).parents[2] / "src" / "dtype-policies" / "pattern.golden.json"

NAMES = [
    "", "a", "b", "ab", "aa", "aaa", "abc", "A", "a\n", "\n", "a b", "a/b", "a/b/c", "dense", "dense_1", "dense_12",
    "encoder/layer_0/dense", "encoder/dense", "my/encoder/dense", "block (1)/conv", "a.b", "a-b", "a{2}", "a{", "]", "-",
    "^", "é", "\u0663", "\U0001f600", "ß1", "\x1c", "\u00a0", "\ufeff", "\\", "a" * 30, "(a)", "a+", "_", "x:y", "\x07",
]

PATTERNS = [
    # Characters, sets and escapes.
    "a", "a.b", ".", "..", "[ab]", "[^a]", "[^a]*", "[a-c]+", "[]]", "[^]a]", "[a-]", "[-a]", "[a-c-]", "[\\w-]", "[\\d_]+",
    "[\\]]", "[\\b]", "[c-a]", "[a-\\d]", "[", "[]", "[^", "[a", "[[a]", "[(]a[)]", "[a&&b]", "\\d", "\\D", "\\w", "\\w+", "\\W",
    "\\s", "\\S", "\\.", "a\\.b", "a\\-b", "\\/", "\\\\", "\\n", "\\a", "\\x61", "\\x6", "\\u0061", "\\u00e9", "\\U0001F600",
    "\\U00110000", "\\141", "\\0", "\\07", "\\400", "[\\141]", "[\\8]", "\\q", "\\z", "\\", "é", "\U0001f600", "\\_", "x:y",
    # Counts.
    "a*", "a+", "a?", "a+b", "a{2}", "a{2,}", "a{,2}", "a{,}", "a{2,3}", "a{3,2}", "a{}", "a{", "a\\{", "a{x}", "a{2", "a{2,x}",
    "{", "{2}", "a*?", "a+?", "a??", "a{2}?", "a**", "a*?*", "*", "+a", "a|*", "(*)", "^*", "$+", "\\b?", "(?:^)*a", "(a*)*", "(a*)+",
    "(a+)+b", "(a|aa)+", "(a|a)*b", "(?:a?){3}a{3}", "((a{1,2}){1,2}){1,2}", "()*", "(|a)*", "(a|b|)+c?", "a{0}", "(?:a{0})+",
    # Groups and choices.
    "(a)", "(?:a)", "(?P<x>a)", "(?P<x>a)(?P<x>b)", "(?P<1>a)", "(?P<x", "(?P<>a)", "(?P<é>a)", "(?<x>a)", "()", "(", ")", "a)",
    "(a", "(?", "(?:", "(?a", "a(?#comment)b", "a(?#c)*", "(?#)", "(?#", "(?#\\)", "a|b", "a|b|", "|a", "|", "||", "(a|b)c",
    "(a|ab)(c|bcd)?", "((a))", "(?:a|b)*c", "block (1)/conv", "block \\(1\\)/conv", "block \\(\\d+\\)/conv",
    # Places.
    "^a", "a$", "^a$", "$a", "a^", "^$", "^", "$", "\\Aa\\Z", "a\\Z", "\\Z", "a\\n?\\Z", "a$\\n", "(?:a|^b)", "\\ba\\b", "a\\b.b", "a\\Bb",
    "\\B", "\\b", "\\bé\\b", "(^a|b$)", "x*$",
    # As people write them.
    "dense", "dense.*", "dense_\\d+", "dense(_\\d+)?", "encoder/.*", ".*/dense", ".*dense.*", "encoder/(layer_\\d+/)?dense",
    "[a-z_]+/layer_[0-9]+/.*", "(encoder|decoder)/.*", "^encoder/.*$", "(?:my/)?encoder/[^/]*",
]


def matched(pattern):
    try:
        policies = keras.dtype_policies.DTypePolicyMap("float32", {pattern: keras.dtype_policies.DTypePolicy("float16")})
        return [i for i, name in enumerate(NAMES) if name != pattern and policies[name].name == "float16"]
    except Exception:
        return None


def main():
    warnings.simplefilter("ignore")
    assert len(set(PATTERNS)) == len(PATTERNS)
    record = {
        "keras": keras.version(),
        "python": "%d.%d" % sys.version_info[:2],
        "names": NAMES,
        "patterns": [[pattern, matched(pattern)] for pattern in PATTERNS],
    }
    lines = ",\n".join("    " + json.dumps(row) for row in record.pop("patterns"))
    head = json.dumps(record)[:-1]
    OUT.write_text(f'{head}, "patterns": [\n{lines}\n]}}\n')


main()
