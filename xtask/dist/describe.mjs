// What the package says of the element, from the catalogue: the types of its fields in
// www/pkg/fields.d.ts, and the custom-elements manifest.
//
// node describe.mjs ROOT PACKAGE

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [root, folder] = process.argv.slice(2).map((path) => resolve(path));
const core = join(root, "www/pkg/momentum_lab");
const { initSync, catalogue } = await import(pathToFileURL(`${core}.js`));
initSync({ module: await readFile(`${core}_bg.wasm`) });
const { surfaces, optimizers, limits } = catalogue();

/** Methods of the element; an assigned value is the field. */
const METHODS = ["basins", "tuning"];

/** @param {any} spec The type of a field's value. */
function type(spec) {
  switch (spec.kind) {
    case "toggle": return "boolean";
    case "choice": return spec.options.map(({ id }) => JSON.stringify(id)).join(" | ");
    case "text": return "string";
    default: return "number";
  }
}

/** By name. @type {Map<string, {types: Set<string>, description: string}>} */
const fields = new Map();
const add = (name, kind, description) => {
  const field = fields.get(name) ?? { types: new Set(), description };
  for (const part of kind.split(" | ")) field.types.add(part);
  fields.set(name, field);
};
const ids = (entries) => entries.map(({ id }) => JSON.stringify(id)).join(" | ");
add("surface", ids(surfaces), "The id of a surface");
add("optimizer", `${ids(optimizers)} | (string & {})`, "The ids of one or several optimizers between spaces, a run each");
add("start", "[number, number]", "Where the balls start: x, y");
add("view", "[number, number, number, number]", "What is shown: x0, x1, y0, y1");
const general = Object.values(limits).flatMap((limit) => (typeof limit === "number" ? [] : limit));
const specs = [...general, ...[...surfaces, ...optimizers].flatMap(({ parameters }) => parameters)];
for (const spec of specs) add(spec.id, type(spec), spec.name);

const line = (name, { types, description }, optional, more) => {
  const all = [...types, ...more].join(" | ");
  return `  /** ${description}. */\n  ${name}${optional ? "?" : ""}: ${all}${optional ? " | undefined" : ""};`;
};
const own = [...fields].filter(([name]) => !METHODS.includes(name));
/** Fields that every configuration has. */
const always = new Set(["surface", "optimizer", "start", "view", ...general.map(({ id }) => id)]);
/** As an attribute a value is a text too. */
const texts = ({ types }) => {
  const all = [...types];
  if (all.includes("boolean")) return ['""', '"true"', '"false"'];
  if (all.some((one) => one.startsWith("["))) return ["`${number},${number}`", "(string & {})"];
  return all.includes("number") ? ["`${number}`"] : [];
};
await writeFile(join(root, "www/pkg/fields.d.ts"), `// Fields of a configuration by their short names, made from the catalogue by \`cargo xtask dist\`.

/** As properties of the element. Those that the chosen surface or optimizer lacks are undefined. */
export interface Fields {
${own.map(([name, field]) => line(name, field, false, always.has(name) ? [] : ["undefined"])).join("\n")}
}

/** As attributes of the element, also in JSX. */
export interface FieldAttributes {
${[...fields].map(([name, field]) => line(name, field, true, texts(field))).join("\n")}
}
`);

const manifest = JSON.parse(await readFile(join(root, "xtask/dist/npm/custom-elements.json"), "utf8"));
const [{ declarations: [element] }] = manifest.modules;
element.attributes = [
  ...[...fields].map(([name, { types, description }]) => ({ name, description, type: { text: [...types].join(" | ") } })),
  ...element.attributes,
];
element.members = [
  ...own.map(([name, { types, description }]) => ({ kind: "field", name, description, type: { text: [...types].join(" | ") } })),
  ...element.members,
];
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "custom-elements.json"), `${JSON.stringify(manifest, null, 2)}\n`);
