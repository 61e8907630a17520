import { Accountant } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { asOldEnginesRead, isOld } from "../fixtures/old.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";
// @ts-expect-error It is a tool of the build, without types.
import { plain } from "../../tools/style.mjs";

test("rules that an old kernel does not know are gone, and the others stay", () => {
  const css = ".a{color:red;inset:0}.b:has(c){color:red}@layer x{.d{color:red}}@media (min-width:1rem){.e,.f{gap:1px;top:0}}@supports selector(:has(a)){.g{top:0}}";
  const dropped: string[] = [];
  expect(asOldEnginesRead(css, dropped)).toBe(".a{color:red}@media (min-width:1rem){.e,.f{top:0}}");
  expect(dropped).toEqual([".b:has(c)", "@layer x", "@supports selector(:has(a))"]);
  const without = "@supports not (container-type: inline-size){.a{top:0}}@container (width>=1rem){.a{top:1px}}.b:is(.c,.d){top:0}";
  expect(asOldEnginesRead(without)).toBe(".a{top:0}");
});

test("lists are written out by the build, each as heavy as it was, and what cannot be is an error", () => {
  expect(plain(":is(.a,.b)>*+*{top:0}")).toBe(".a>*+*,.b>*+*{top:0}");
  expect(plain(".a:-webkit-any([x],[y]) b{top:0}.c{top:1px}.a:is([x],[y]) b{top:0}")).toBe(".c{top:1px}.a[x] b,.a[y] b{top:0}");
  expect(plain("a:not(:is(.b,.c)){top:0}")).toBe("a:not(.b):not(.c){top:0}");
  expect(plain("@media print{:is(.a,.b) :is(i,u){top:0}}@keyframes x{to{top:0}}")).toBe("@media print{.a i,.a u,.b i,.b u{top:0}}@keyframes x{to{top:0}}");
  expect(plain(".a:not(:has(b,.c)){top:0}")).toBe(".a:not(:has(b,.c)){top:0}");
  for (const wrong of [":is(a,.b){top:0}", ":where(.a){top:0}", ".a:is(b,i){top:0}", ".a :is(.b .c,.d){top:0}"]) expect(() => plain(wrong)).toThrow();
});

test("of the style sheet that is served old kernels drop only what it improves", async ({ page }) => {
  await open(page, "/hunan", "湖南省会计管理服务平台");
  const sheets = await page.locator("link[rel=stylesheet]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  const css = (await Promise.all(sheets.map(async (href) => (await page.request.get(href)).text()))).join("");
  expect(css.length).toBeGreaterThan(10_000);
  expect(css).not.toMatch(/:(is|where|-webkit-any)\(/);
  const dropped: string[] = [];
  asOldEnginesRead(css, dropped);
  expect(dropped.filter((rule) => !/:has\(|::file-selector-button|^@(container|media|supports|property)/.test(rule))).toEqual([]);
});

/** Below Chromium 96 and Safari 15 the program does not start: what is left is the plain form, with the style they can read. */
test("an old kernel shows the house as it is meant, and a step is filled in and saved", async ({ page }) => {
  test.setTimeout(180_000);
  await isOld(page);
  const who = person();
  const all = application();
  const me = new Accountant(page, pointer(page), seeing(page, "old"));
  await open(page, "/hunan/register", "注册");
  await expect(me.button("注册")).toHaveCSS("background-color", "rgb(19, 74, 146)");
  await expect(page.locator("body")).toHaveCSS("color", "rgb(21, 32, 46)");
  // Also what the style sheet says of several at once.
  const field = page.locator(".field input[type=text], .field input[type=tel]").first();
  await expect(field).toHaveCSS("display", "block");
  await expect(field).toHaveCSS("min-height", "44px");
  await expect(field).toHaveCSS("border-top-color", "rgb(107, 122, 143)");
  await me.register(who);
  await me.signIn(who);
  await me.begin();
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, "nothing stands out at the side").toBeLessThanOrEqual(0);
  await me.answer(all);
  await on(page, "材料上传");
});
