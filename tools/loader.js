// Each file carries modules as sections: what several parts need lies in the file of each, and is made once.
const made = new Map();

function once(key, make) {
    if (!made.has(key)) {
        const making = make();
        made.set(key, making);
        // What failed is tried again when it is wanted again.
        making.catch(() => made.delete(key));
    }
    return made.get(key);
}

async function open(file) {
    const pack = await WebAssembly.compileStreaming(fetch(new URL(`./${file}.wasm`, import.meta.url)));
    const read = (name) => WebAssembly.Module.customSections(pack, name)[0];
    const names = new TextDecoder().decode(read("names")).split("\n");
    const make = (name) => once(name, () => WebAssembly.instantiate(read(name), getSharedImports()));
    const isOwn = (name) => name.startsWith("split_");
    return async () => {
        await Promise.all(names.filter((name) => !isOwn(name)).map(make));
        await Promise.all(names.filter(isOwn).map(make));
    };
}

function load(files) {
    return async () => {
        const opened = files.map((file) => once(file, () => open(file)));
        for (const unpack of opened) await (await unpack)();
    };
}
