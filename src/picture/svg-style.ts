/** Colors by what a node is: bright where something is learned, plain where not; and the same at night. */
const light = `--page:#fff;--ink:#1c2430;--soft:#66717f;--line:#8a95a3;--box:#f6f8fa;--rim:#c3ccd6;--trained:#e3eefc;--trained-rim:#5b93d6;--frozen:#eceaf6;--frozen-rim:#9a90c7;--input:#e4f4e9;--input-rim:#5aa876;--open:#8a95a314;--unknown-rim:#d08a1f`;
const dark = `--page:#0f141a;--ink:#e6ebf1;--soft:#9aa6b4;--line:#76828f;--box:#1b232c;--rim:#3d4956;--trained:#17304d;--trained-rim:#4f8bd0;--frozen:#2a2740;--frozen-rim:#7d72b5;--input:#163324;--input-rim:#4c9a69;--open:#a9b6c412;--unknown-rim:#d99a3a`;

/** Nothing outside of the picture is meant, where it stands in a page. */
export const style = [
  `.model{${light};font:11px ui-sans-serif,system-ui,"Helvetica Neue",Arial,sans-serif}`,
  `@media(prefers-color-scheme:dark){.model{${dark}}}`,
  ".model .page{fill:var(--page)}",
  ".model text{fill:var(--soft)}",
  ".model .title{fill:var(--ink);font-size:13px;font-weight:600}",
  ".model .middle,.model .shape{text-anchor:middle}",
  ".model .count{fill:var(--soft);text-anchor:end;font-variant-numeric:tabular-nums}",
  ".model tspan.count{text-anchor:start}",
  ".model g>rect{fill:var(--box);stroke:var(--rim)}",
  ".model .trained>rect{fill:var(--trained);stroke:var(--trained-rim)}",
  ".model .frozen>rect{fill:var(--frozen);stroke:var(--frozen-rim)}",
  ".model .input>rect{fill:var(--input);stroke:var(--input-rim)}",
  ".model .open>rect{fill:var(--open);stroke:var(--rim)}",
  ".model .unknown>rect{stroke:var(--unknown-rim);stroke-dasharray:5 3}",
  ".model .edge{fill:none;stroke:var(--line);stroke-width:1.4}",
  ".model .tip,.model .result{fill:var(--line)}",
  ".model .shape,.model .heading{stroke:var(--page);stroke-width:5px;stroke-linejoin:round;paint-order:stroke}",
  ".model .shape.start{text-anchor:start}",
  ".model .shape.end{text-anchor:end}",
].join("");
