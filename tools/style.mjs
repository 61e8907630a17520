// Writes out the lists in the selectors of the finished style sheet. Of a nested list lightningcss makes `:is()`, which kernels before
// Chromium 88 do not know: they drop the rule whole, and `:-webkit-any()` beside it helps only where it stands alone.
const LIST = /:(is|where|-webkit-any)\(/;
const COMBINED = /[\s>+~]/;

/** Splits at commas that stand within no bracket and no string. */
function arms(text) {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (const sign of text) {
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "(" || sign === "[") depth++;
    else if (sign === ")" || sign === "]") depth--;
    if (sign === "," && depth === 0 && !quote) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

/** Where the bracket ends that was opened before `from`. */
function closing(text, from) {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
    if (depth === 0) return at;
  }
  throw new Error(`a bracket that does not end: ${text}`);
}

/** What a simple part of a selector weighs: its classes and what counts as one, and its elements. */
function weight(selector) {
  const named = selector.replace(/::[\w-]+/g, " e ").replace(/\[[^\]]*\]|:not\(\[[^\]]*\]\)|:[\w-]+(\([^)]*\))?|\.[\w-]+/g, "§");
  return `${named.split("§").length - 1},${(named.match(/[a-z][\w-]*/gi) ?? []).length}`;
}

/** The selectors that one with lists stands for, each as heavy as it was. What cannot be said without a list is an error. */
export function written(selector) {
  const found = LIST.exec(selector);
  if (!found) return [selector];
  const from = found.index + found[0].length;
  const to = closing(selector, from);
  const [head, tail] = [selector.slice(0, found.index), selector.slice(to + 1)];
  const list = arms(selector.slice(from, to));
  const wrong = (what) => new Error(`${what} in ${selector}`);
  if (found[1] === "where") throw wrong("what weighs nothing");
  // Not one of them is none of them.
  if (head.endsWith(":not(") && tail.startsWith(")")) return written(`${head.slice(0, -":not(".length)}${list.map((arm) => `:not(${arm})`).join("")}${tail.slice(1)}`);
  if (new Set(list.map(weight)).size > 1) throw wrong("a list of what weighs more and less");
  const isFirst = head === "" || COMBINED.test(head.at(-1));
  for (const arm of list) {
    if (!isFirst && /^[a-z*]/i.test(arm)) throw wrong("an element behind a class");
    if (head !== "" && COMBINED.test(arm.replace(/\[[^\]]*\]|\([^)]*\)/g, ""))) throw wrong("a way within a list");
  }
  return list.flatMap((arm) => written(`${head}${arm}${tail}`));
}

/** The rules of a block: what stands before each bracket, and what within it. */
function rules(css) {
  const found = [];
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf("{", at);
    if (open < 0) break;
    let depth = 1;
    let end = open + 1;
    for (; end < css.length && depth > 0; end++) depth += css[end] === "{" ? 1 : css[end] === "}" ? -1 : 0;
    found.push([css.slice(at, open).trim(), css.slice(open + 1, end - 1)]);
    at = end;
  }
  return found;
}

/** The style sheet without lists in its selectors. */
export function plain(css) {
  const out = rules(css.replace(/\/\*[\s\S]*?\*\//g, "")).map(([prelude, body]) => {
    if (/^@(media|supports|container)\b/.test(prelude)) return `${prelude}{${plain(body)}}`;
    if (prelude.startsWith("@")) return `${prelude}{${body}}`;
    return `${arms(prelude).flatMap(written).join(",")}{${body}}`;
  });
  // What stood there twice, once for each name of a list, is the same by now; the later of the two is what holds.
  return out.filter((rule, nth) => rule.startsWith("@") || out.lastIndexOf(rule) === nth).join("");
}
