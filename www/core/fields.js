// Short names of a configuration's fields, as attributes, properties and lists of controls use them:
// `surface`, `optimizer`, `start`, and the id of any parameter of the surface, of the first run's
// optimizer or of the lab as a whole. No two of them share a name.

/**
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./catalogue.js").ParameterSpec} ParameterSpec
 *
 * @typedef {object} Named
 * @property {string} field Its name in a configuration, such as `runs[0].lr`.
 * @property {ParameterSpec} [spec]
 */

/** The choice of the surface, and the optimizers of the runs. */
export const SURFACE = "surface";
export const OPTIMIZER = "optimizer";
/** Fields that are lists of numbers. */
const LISTS = ["start", "view"];

/**
 * The parameters of the lab as a whole.
 * @param {Catalogue} catalogue
 * @returns {ParameterSpec[]}
 */
export function general({ limits }) {
  /** @type {(number | ParameterSpec)[]} */
  const all = Object.values(limits);
  return all.flatMap((limit) => (typeof limit === "number" ? [] : limit));
}

/**
 * Every short name that some configuration knows.
 * @param {Catalogue} catalogue
 * @returns {Set<string>}
 */
export function fieldNames(catalogue) {
  const entries = [...catalogue.surfaces, ...catalogue.optimizers];
  const specs = [...general(catalogue), ...entries.flatMap(({ parameters }) => parameters)];
  return new Set([SURFACE, OPTIMIZER, ...LISTS, ...specs.map(({ id }) => id)]);
}

/**
 * The field that a short name stands for, if this configuration has it.
 * @param {string} name
 * @param {Catalogue} catalogue
 * @param {Configuration} configuration
 * @returns {Named | undefined}
 */
export function fieldNamed(name, catalogue, { surface, runs: [run] }) {
  if (name === SURFACE) return { field: "surface.id" };
  if (name === OPTIMIZER) return { field: "runs[0].id" };
  if (LISTS.includes(name)) return { field: name };
  const { surfaces, optimizers } = catalogue;
  /** @type {[ParameterSpec[], string][]} */
  const places = [
    [optimizers.find(({ id }) => id === run.id)?.parameters ?? [], "runs[0]."],
    [surfaces.find(({ id }) => id === surface.id)?.parameters ?? [], "surface."],
    [general(catalogue), ""],
  ];
  for (const [specs, prefix] of places) {
    const spec = specs.find(({ id }) => id === name);
    if (spec) return { field: prefix + name, spec };
  }
  return undefined;
}

/**
 * The value of a field, such as `runs[0].lr`.
 * @param {Configuration} configuration
 * @param {string} field
 * @returns {any}
 */
export function valueOf(configuration, field) {
  const path = field.split(/[.[\]]+/).filter(Boolean);
  return path.reduce((value, key) => value?.[key], /** @type {any} */ (configuration));
}
