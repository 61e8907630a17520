// Puts what a part of the program needs into one file. The splitter makes a file of every set of functions that the same parts
// share: hundreds of a few hundred bytes, of which a page asked for a hundred and more, each compressed by itself.
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Who is only ever fetched after another (`app/src/parts.rs`) has none of what that brings. */
const AFTER = { dossier: "review" };
const MANIFEST = "__wasm_split_manifest.json";

/** A number as WebAssembly writes it. */
function leb(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

/** A custom section of this name. */
function section(name, body) {
  const head = Buffer.concat([leb(name.length), Buffer.from(name)]);
  return Buffer.concat([Buffer.from([0]), leb(head.length + body.length), head, body]);
}

/** A module that does nothing but carry the others. */
function packed(folder, names) {
  const head = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const bodies = names.map((name) => section(name, readFileSync(join(folder, `${name}.wasm`))));
  return Buffer.concat([head, section("names", Buffer.from(names.join("\n"))), ...bodies]);
}

/** What remains of the splitter's own loader: how the program is found, and how it hears that a part is there. */
function loaderOf(text, parts) {
  const [head, loaders] = text.split(/(?=^function makeLoad\()/m);
  const exported = [...loaders.matchAll(/^export const (__wasm_split_load_(\w+)) = /gm)].map(([, name, part]) => [name, part]);
  const known = exported.map(([, part]) => part).sort();
  if (known.join() !== Object.keys(parts).sort().join()) throw new Error(`the loader knows ${known}, the manifest ${Object.keys(parts)}`);
  const own = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "loader.js"), "utf8");
  const lines = exported.map(([name, part]) => `export const ${name} = wrapAsyncCb(load(${JSON.stringify(parts[part])}));`);
  return `${head}${own}\n${lines.join("\n")}\n`;
}

/** Packs all parts of a folder; a folder that is packed stays as it is. Answers the files of each part. */
export function pack(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), "utf8"));
  const loader = readdirSync(folder).find((name) => /^__wasm_split\..*\.js$/.test(name));
  if (Object.values(manifest).flat().every((name) => name.startsWith("part_"))) return manifest;
  const parts = {};
  for (const [part, names] of Object.entries(manifest)) {
    const before = AFTER[part];
    const brought = new Set(before ? manifest[before] : []);
    // What is the part's own comes last: it is made of the others.
    const own = names.filter((name) => !brought.has(name)).sort((a, b) => a.startsWith("split_") - b.startsWith("split_"));
    writeFileSync(join(folder, `part_${part}.wasm`), packed(folder, own));
    parts[part] = [...(before ? [`part_${before}`] : []), `part_${part}`];
  }
  const text = loaderOf(readFileSync(join(folder, loader), "utf8"), parts);
  writeFileSync(join(folder, `${loader}.new`), text);
  renameSync(join(folder, `${loader}.new`), join(folder, loader));
  writeFileSync(join(folder, MANIFEST), JSON.stringify(parts));
  for (const name of new Set(Object.values(manifest).flat())) {
    const file = join(folder, `${name}.wasm`);
    if (existsSync(file)) rmSync(file);
  }
  return parts;
}
