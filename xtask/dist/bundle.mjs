// What `cargo xtask dist` makes of www/: bundles with hashed names in dist/assets, a page that
// loads them, its service worker, the one file that needs neither server nor network, and the
// package's one module.
//
// node bundle.mjs ROOT DIST

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, transform } from "esbuild";

const [root, dist] = process.argv.slice(2).map((path) => resolve(path));
const www = join(root, "www");
const assets = join(dist, "assets");

const MEDIA = { ".wasm": "application/wasm", ".svg": "image/svg+xml" };
/** An address of another file, as www/ and the glue of wasm-bindgen write it; comments are for other bundlers. */
const ADDRESS = /new URL\((?:\/\*[^*]*\*\/ )*(["'])(?!data:)([^"'`]+)\1, import\.meta\.url\)/g;
const { OLDEST } = await import(pathToFileURL(join(www, "platform/support.js")));
const COMMON = { bundle: true, format: "esm", minify: true, target: Object.entries(OLDEST).map(([name, version]) => name + version), charset: "utf8", legalComments: "none" };

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);
const hashed = (file, content) => `${basename(file, extname(file))}-${hash(content)}${extname(file)}`;

/** The content of a file that is addressed, made small. */
async function content(file, plugin, format = "esm") {
  if (extname(file) === ".js") {
    const { outputFiles: [{ contents }] } = await build({ ...COMMON, format, entryPoints: [file], write: false, plugins: [plugin()] });
    return Buffer.from(contents);
  }
  const raw = await readFile(file);
  if (extname(file) !== ".css") return raw;
  return Buffer.from((await transform(raw, { loader: "css", minify: true, target: COMMON.target, charset: "utf8" })).code);
}

/**
 * Replaces what `new URL("…", import.meta.url)` names by what `address` makes of the file: an
 * expression, or the text of a module whose default it is. `redirect` names another file in a file's stead,
 * `rewrite` changes a script's text.
 */
function addresses(address, redirect = (path) => path, rewrite = (text) => text) {
  const modules = new Map();
  return {
    name: "addresses",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({ path: redirect(resolve(resolveDir, path)) }));
      onLoad({ filter: /styles\.js$/, namespace: "file" }, async ({ path }) => {
        if (basename(dirname(path)) !== "pkg") return undefined;
        const { default: css } = await import(pathToFileURL(path));
        const { code } = await transform(css, { loader: "css", minify: true, target: COMMON.target, charset: "utf8" });
        return { contents: `export default ${JSON.stringify(code.trim())}` };
      });
      onLoad({ filter: /\.js$/, namespace: "file" }, async ({ path }) => {
        const text = rewrite(await readFile(path, "utf8"));
        const parts = [];
        let [end, imports] = [0, ""];
        for (const found of text.matchAll(ADDRESS)) {
          const file = redirect(resolve(dirname(path), found[2]));
          const { expression, module } = await address(file, path);
          if (module) {
            modules.set(file, module);
            imports += `import asset${end} from ${JSON.stringify(`inlined:${file}`)};\n`;
          }
          parts.push(text.slice(end, found.index), expression ?? `asset${end}`);
          end = found.index + found[0].length;
        }
        const left = text.slice(end);
        if (/new URL\([^)]*import\.meta/.test(left)) throw new Error(`${path}: an address that is no plain text`);
        return { contents: imports + [...parts, left].join(""), loader: "js" };
      });
      onResolve({ filter: /^inlined:/ }, ({ path }) => ({ path: path.slice("inlined:".length), namespace: "inlined" }));
      onLoad({ filter: /./, namespace: "inlined" }, ({ path }) => ({ contents: modules.get(path), loader: "js" }));
    },
  };
}

/** The site's: files of their own in dist/assets. */
const emitted = new Map();
const apart = () => addresses(async (file) => {
  if (!emitted.has(file)) {
    const bytes = await content(file, apart);
    const name = hashed(file, bytes);
    await writeFile(join(assets, name), bytes);
    emitted.set(file, name);
  }
  return { expression: `new URL("./${emitted.get(file)}", import.meta.url)` };
});

/** The one file's: everything in it, one build of the core for both. */
const whole = (path) => path.replace("momentum_lab_page", "momentum_lab");
const inside = () => addresses(async (file, from) => {
  // The glue's own idea of where its module is: www/ always says.
  if (dirname(from) === dirname(file) && basename(dirname(from)) === "pkg") return { expression: "undefined" };
  // What is opened from disk may start classic workers only.
  const bytes = await content(file, inside, "iife");
  if (extname(file) === ".js") {
    const code = JSON.stringify(bytes.toString()).replaceAll("</", "<\\/");
    return { module: `export default new URL(URL.createObjectURL(new Blob([${code}], { type: "text/javascript" })))` };
  }
  return { module: `export default new URL("data:${MEDIA[extname(file)]};base64,${bytes.toString("base64")}")` };
}, whole, (text) => text.replaceAll('{ type: "module" }', "{}"));

async function site() {
  await mkdir(assets, { recursive: true });
  const { metafile } = await build({
    ...COMMON,
    entryPoints: ["pages/start.js", "pages/page.js", "element/momentum-lab.js", "frame/embed.js", "frame/embed-host.js"]
      .map((file) => join(www, file))
      .concat(join(root, "xtask/dist/offline.js")),
    outdir: assets,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true,
    metafile: true,
    plugins: [apart()],
  });
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({ ...output, name: basename(path), path: resolve(path) }));
  const entry = (file) => outputs.find(({ entryPoint }) => entryPoint && basename(entryPoint) === file)?.name;
  /** What these scripts need before they run. */
  const needs = (...names) => {
    const found = new Set();
    const follow = (name) => {
      if (found.has(name)) return;
      found.add(name);
      const { imports } = outputs.find((output) => output.name === name);
      for (const { path, kind } of imports) if (kind === "import-statement") follow(basename(path));
    };
    names.forEach(follow);
    return [...found];
  };

  const flat = {};
  for (const file of ["pages/icon.svg", "pages/page.css", "frame/embed.css"]) {
    const bytes = await content(join(www, file), apart);
    flat[`www/${file}`] = hashed(file, bytes);
    await writeFile(join(assets, flat[`www/${file}`]), bytes);
  }
  const preload = (name, as) => `  <link rel="preload" as="${as}" href="assets/${name}"${as === "fetch" ? ' type="application/wasm" crossorigin' : ""}>`;
  const wasm = (name) => [...emitted].find(([file]) => file.endsWith(`${name}_bg.wasm`))[1];
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    + "connect-src 'self'; worker-src 'self' blob:; media-src blob:; base-uri 'none'; form-action 'none'; "
    + "require-trusted-types-for 'script'; trusted-types momentum-lab";
  const document = async (file, scripts, preloads) => {
    let html = (await readFile(join(root, file), "utf8"))
      .replace(/^ *<(link rel="(modulepreload|preload)"|script ).*\n/gm, "")
      .replace('<meta charset="utf-8">', `<meta charset="utf-8">\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`);
    for (const [from, to] of Object.entries(flat)) html = html.replaceAll(from, `assets/${to}`);
    const modules = needs(...scripts.map(entry)).map((name) => `  <link rel="modulepreload" href="assets/${name}">`);
    const head = [...preloads, ...modules,
      ...scripts.map((name) => `  <script type="module" src="assets/${entry(name)}"></script>`)];
    html = html.replace("</head>", `${head.join("\n")}\n</head>`);
    await writeFile(join(dist, file), html);
    return html;
  };
  const html = await document("index.html", ["start.js", "offline.js"], []);
  const embed = await document("embed.html", ["page.js", "embed.js"], [preload(wasm("momentum_lab_page"), "fetch")]);
  // Names that stay, for pages that embed the element or a frame.
  for (const file of ["momentum-lab.js", "embed-host.js"]) {
    await writeFile(join(dist, file), `export * from "./assets/${entry(file)}";\n`);
  }

  const files = ["./", "index.html", "embed.html", "momentum-lab.js", "embed-host.js", ...outputs.map(({ name }) => `assets/${name}`),
    ...[...emitted.values(), ...Object.values(flat)].map((name) => `assets/${name}`)];
  const version = hash(html + embed + files.join());
  const worker = (await readFile(join(root, "xtask/dist/service-worker.js"), "utf8"))
    .replace("__VERSION__", version).replace('"__FILES__"', JSON.stringify([...new Set(files)]));
  await writeFile(join(dist, "service-worker.js"), worker);

  const loaded = [...html.matchAll(/"(assets\/[^"]+)"/g)].map(([, name]) => name);
  // Nobody needs the small core who comes by a link, so the page does not name it.
  loaded.push(`assets/${wasm("momentum_lab_first")}`);
  await writeFile(join(dist, "first.json"), JSON.stringify(["index.html", ...new Set(loaded)]));
}

async function oneFile() {
  const { outputFiles: [{ text }] } = await build({
    ...COMMON, entryPoints: [join(www, "pages/open.js")], write: false, plugins: [inside()],
  });
  const style = (await content(join(www, "pages/page.css"), inside)).toString();
  const icon = `data:image/svg+xml;base64,${(await readFile(join(www, "pages/icon.svg"))).toString("base64")}`;
  const script = text.replaceAll("</script", "<\\/script");
  const html = (await readFile(join(root, "index.html"), "utf8"))
    .replace(/^ *<(link rel="(modulepreload|preload|stylesheet)"|script ).*\n/gm, "")
    .replace("www/pages/icon.svg", icon)
    .replace("</head>", () => `  <style>${style}</style>\n</head>`)
    .replace("</body>", () => `<script type="module">${script}</script>\n</body>`);
  await writeFile(join(dist, "momentum-lab.html"), html);
}

async function standalone() {
  await build({
    ...COMMON, entryPoints: [join(root, "xtask/dist/standalone.js")], outfile: join(dist, "npm/standalone.js"), plugins: [inside()],
  });
}

await site();
await oneFile();
await standalone();
console.log(relative(root, dist));
