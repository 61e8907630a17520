// Makes every file of the program smaller, as `wasm-opt -Oz` does. cargo-leptos would start a process for each of a hundred and more
// files, and each of them takes longer to start than to do its work: here one worker for each core does them all, the largest first.
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

/** In smaller ones it finds nothing to save. */
const WORTHWHILE = 1024;

/** Lets the workers take the files one after another. Answers how many bytes there were before and after. */
export async function optimize(folder) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => ({ file: join(folder, name), size: readFileSync(join(folder, name)).length }))
    .filter(({ size }) => size >= WORTHWHILE)
    .sort((a, b) => b.size - a.size);
  const before = files.reduce((sum, { size }) => sum + size, 0);
  let after = 0;
  const work = () =>
    new Promise((resolve, reject) => {
      // It warns of names that it does not know, file by file.
      const worker = new Worker(new URL(import.meta.url), { stderr: true });
      const next = () => worker.postMessage(files.shift()?.file ?? null);
      worker.on("message", (size) => (after += size, next()));
      worker.on("error", reject);
      worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`the optimiser ended with ${code}`))));
      next();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, work));
  return { before, after };
}

async function works() {
  const tools = createRequire(join(process.env.CACHE, "tools", "package.json"));
  const { default: binaryen } = await import(pathToFileURL(tools.resolve("binaryen")));
  const { MutableGlobals, SignExt, BulkMemory, BulkMemoryOpt, NontrappingFPToInt } = binaryen.Features;
  const features = MutableGlobals | SignExt | BulkMemory | NontrappingFPToInt | BulkMemoryOpt;
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  parentPort.on("message", (file) => {
    if (file === null) return parentPort.close();
    const module = binaryen.readBinary(readFileSync(file));
    module.setFeatures(module.getFeatures() | features);
    module.optimize();
    const small = module.emitBinary();
    module.dispose();
    writeFileSync(`${file}.new`, small);
    renameSync(`${file}.new`, file);
    parentPort.postMessage(small.length);
  });
}

if (!isMainThread) await works();
