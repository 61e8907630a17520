// Makes the program smaller, packs its parts, looks whether the parts of the program are within what is promised, and lays compressed copies beside the files.
// node site.mjs SITE FOLDER_OF_THE_PROGRAM
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { optimize } from "./optimize.mjs";
import { pack } from "./pack.mjs";
import { plain } from "./style.mjs";

const [site, folder] = process.argv.slice(2);
const KB = 1024;
// Of WebAssembly after brotli: the first page, and what one line of business may add to it (docs/adr/0022).
const LIMITS = { main: 300 * KB, part: 170 * KB, both: 441 * KB };

const gzip = promisify(zlib.gzip);
const brotliCompress = promisify(zlib.brotliCompress);
const brotli = (bytes) =>
  brotliCompress(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** Pictures and fonts are compressed already. */
const worthwhile = /\.(js|mjs|wasm|css|svg|html|txt|json|xml|webmanifest|ico)$/;

/** All at once: the large ones keep every core busy. Answers the sizes after brotli. */
async function compress() {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && worthwhile.test(entry.name));
  const sizes = files.map(async (entry) => {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(file);
    const small = await brotli(bytes);
    if (bytes.length >= 256) {
      writeFileSync(`${file}.br`, small);
      writeFileSync(`${file}.gz`, await gzip(bytes, { level: 9 }));
    }
    return [file, small.length];
  });
  return new Map(await Promise.all(sizes));
}

const pkg = join(site, folder);
const saved = await optimize(pkg);
const parts = pack(pkg);
const sheet = join(pkg, "suanpan.css");
writeFileSync(sheet, plain(readFileSync(sheet, "utf8")));
const sizes = await compress();
const weight = (names) => names.reduce((sum, name) => sum + sizes.get(join(pkg, name)), 0);
const show = (bytes) => `${(bytes / KB).toFixed(0)} KB`;

// Each part names the files that it needs beside the main program, its own last. One that is only fetched after another is weighed for
// itself, as that one is (docs/adr/0022).
const main = weight(["suanpan.wasm"]);
const told = [`main ${show(main)} of ${show(LIMITS.main)}`];
const broken = main > LIMITS.main ? ["the main program"] : [];
for (const [name, files] of Object.entries(parts)) {
  const part = weight([`${files.at(-1)}.wasm`]);
  told.push(`${name} ${show(part)}`);
  if (part > LIMITS.part) broken.push(`${name}, ${part} bytes alone`);
  if (main + part > LIMITS.both) broken.push(`${name}, ${main + part} bytes with the main program`);
}
if (saved.after >= saved.before) broken.push("what the optimiser made, which is no smaller");
const scripts = readdirSync(pkg).filter((name) => name.endsWith(".js"));
console.log(`WebAssembly (brotli): ${told.join(", ")}; JavaScript ${show(weight(scripts))}, CSS ${show(weight(["suanpan.css"]))}`);
if (readFileSync(sheet, "utf8").includes("@import")) broken.push("the stylesheet, which still imports");
if (broken.length > 0) {
  console.error(`too large: ${broken.join("; ")}`);
  process.exit(1);
}
