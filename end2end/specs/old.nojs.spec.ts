import { Accountant } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { asOldEnginesRead, isOld } from "../fixtures/old.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("rules that an old kernel does not know are gone, and the others stay", () => {
  const css = ".a{color:red;inset:0}.b:has(c){color:red}@layer x{.d{color:red}}@media (min-width:1rem){.e,.f{gap:1px;top:0}}@supports selector(:has(a)){.g{top:0}}";
  expect(asOldEnginesRead(css)).toBe(".a{color:red}@media (min-width:1rem){.e,.f{top:0}}");
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
  await me.register(who);
  await me.signIn(who);
  await me.begin();
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, "nothing stands out at the side").toBeLessThanOrEqual(0);
  await me.answer(all);
  await on(page, "材料上传");
});
