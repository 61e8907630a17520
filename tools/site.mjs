// Puts the site together: names with hashes of the contents, hash.txt for leptos, precompressed copies, size limits.
// node site.mjs BINDGEN_OUTPUT WORKSPACE DIST
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const [bindgen, workspace, dist] = process.argv.slice(2);
// The journey of an accountant is promised within 400 KB.
const LIMITS = { suanpan: 400 * 1024, staff: 400 * 1024, studio: 100 * 1024 };
const fresh = join(dist, "site.new");
const pkg = join(fresh, "pkg");

const hash = (bytes) => createHash("sha256").update(bytes).digest("base64url").slice(0, 22);

/** One stylesheet from `main.css` and what it imports; comments and indentation are for the source only. */
function stylesheet(file) {
  const css = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const whole = css.replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*(?:layer\(([\w.-]+)\))?\s*;/g, (_, name, layer) => {
    const part = stylesheet(join(dirname(file), name));
    return layer ? `@layer ${layer} {\n${part}\n}` : part;
  });
  return whole.replace(/^[ \t]+/gm, "").replace(/\n{2,}/g, "\n");
}

const brotliCompress = promisify(zlib.brotliCompress);
const gzipCompress = promisify(zlib.gzip);
const brotli = (bytes) =>
  brotliCompress(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** Pictures and fonts are compressed already. */
const worthwhile = /\.(js|mjs|wasm|css|svg|html|txt|json|xml|webmanifest|ico)$/;

/** All at once: the large ones keep every core busy. */
async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && worthwhile.test(entry.name));
  await Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = readFileSync(file);
      if (bytes.length < 256) return;
      writeFileSync(`${file}.br`, await brotli(bytes));
      writeFileSync(`${file}.gz`, await gzipCompress(bytes, { level: 9 }));
    }),
  );
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
const assets = join(workspace, "public");
if (existsSync(assets)) cpSync(assets, fresh, { recursive: true });

const style = join(workspace, "style", "main.css");
const css = Buffer.from(existsSync(style) ? stylesheet(style) : "");
const cssHash = hash(css);
writeFileSync(join(pkg, `suanpan.${cssHash}.css`), css);

/** The studio is added to a page by an element, which only runs it: it has to start by itself. */
const starting = (name, script) => (name === "studio" ? `${script}\n${entry(script)}();\n` : script);

function entry(script) {
  const name = /export\s*\{[^}]*?(\w+) as default[^}]*\}/.exec(script)?.[1] ?? /export default (\w+)/.exec(script)?.[1];
  if (!name) throw new Error("wasm-bindgen's script has no entry any more");
  return name;
}

/** The program of one audience, under names with hashes; answers the text of its hash file. */
function program(name) {
  const folder = join(bindgen, `bindgen-${name}`);
  const wasm = readFileSync(join(folder, `${name}.wasm`));
  const names = { wasm: hash(wasm) };
  const script = readFileSync(join(folder, `${name}.js`), "utf8").replaceAll(`${name}_bg.wasm`, `${name}.${names.wasm}.wasm`);
  const js = Buffer.from(starting(name, script));
  names.js = hash(js);
  writeFileSync(join(pkg, `${name}.${names.js}.js`), js);
  writeFileSync(join(pkg, `${name}.${names.wasm}.wasm`), wasm);
  if (existsSync(join(folder, "snippets"))) cpSync(join(folder, "snippets"), join(pkg, "snippets"), { recursive: true });
  return { name, names, js, wasm, hashes: `js: ${names.js}\nwasm: ${names.wasm}\ncss: ${cssHash}\n` };
}

const programs = Object.keys(LIMITS).map(program);
await compress(fresh);

const kb = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
const size = (file) => statSync(join(pkg, file)).size;
for (const { name, names, js, wasm } of programs) {
  const small = size(`${name}.${names.wasm}.wasm.br`);
  console.log(
    `${name}: WebAssembly ${kb(wasm.length)}, gzip ${kb(size(`${name}.${names.wasm}.wasm.gz`))}, brotli ${kb(small)} of ${kb(LIMITS[name])}, JavaScript ${kb((await brotli(js)).length)} brotli`,
  );
  if (small > LIMITS[name]) {
    console.error(`${name}: WebAssembly is ${small} bytes after brotli; the limit is ${LIMITS[name]}`);
    process.exit(1);
  }
}
console.log(`CSS ${kb((await brotli(css)).length)} brotli`);
if (/@import/.test(css)) {
  console.error("the stylesheet still imports");
  process.exit(1);
}
rmSync(join(dist, "site"), { recursive: true, force: true });
renameSync(fresh, join(dist, "site"));
for (const { name, hashes } of programs) writeFileSync(join(dist, name === "suanpan" ? "hash.txt" : `hash-${name}.txt`), hashes);
