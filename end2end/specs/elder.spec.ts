import { field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("长者版 asks one question a page, is remembered, and leads a mistake to its question", async ({ page }, info) => {
  test.setTimeout(180_000);
  const see = seeing(page, info.project.name);
  const next = page.getByRole("button", { name: "下一题", exact: true });
  const count = page.locator("#question-count");
  const shown = page.locator("fieldset[data-questions]:visible");
  await signedIn(page, person());
  await open(page, "/hunan/home", "个人中心");
  await page.getByRole("button", { name: "长者版" }).click();
  await on(page, "个人中心");
  await expect(page.locator("html[data-elder]")).toBeAttached();
  await expect(page.getByRole("region", { name: "打电话问" }).getByRole("link")).toHaveAttribute("href", /^tel:\d/);
  await expect(page.getByRole("link", { name: "接着办" })).toBeInViewport();
  const ways = await page.locator("a.big").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(ways.length).toBeGreaterThan(0);
  expect(ways.length).toBeLessThanOrEqual(5);
  expect(Math.min(...ways)).toBeGreaterThanOrEqual(88);
  await see("elder-home");
  // 朗读: the page from its heading on, then what the focus comes to, and silence again.
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    speechSynthesis.speak = (one) => void said.push(one.text);
  });
  const read = page.getByRole("region", { name: "打电话问" }).getByRole("button", { name: "朗读" });
  await read.click();
  await expect(read).toHaveAttribute("aria-pressed", "true");
  expect((await said())[0]).toBe("个人中心");
  await page.getByRole("link", { name: "接着办" }).focus();
  expect((await said()).at(-1)).toContain("接着办");
  await read.click();
  await expect(read).toHaveAttribute("aria-pressed", "false");
  const before = (await said()).length;
  await page.getByRole("link", { name: "接着办" }).focus();
  expect((await said()).length).toBe(before);

  await openIntake(page, "/person", "个人基本信息");
  await expect(count).toHaveText("第 1 题，共 6 题。");
  await expect(shown).toHaveCount(1);
  // What is to be known beforehand stands below it.
  await expect(field(page, "国籍（地区）")).toBeInViewport();
  await expect(next).toBeInViewport();
  await see("elder-question");

  // Nothing was chosen: the page stays and says so.
  await next.click();
  await expect(page.getByRole("alert")).toBeFocused();
  await field(page, "国籍（地区）").selectOption("CN");
  await next.click();
  await expect(count).toHaveText("第 2 题，共 8 题。前面的都保存好了。");
  await on(page, "个人基本信息");
  await expect(next).toBeInViewport();
  await expect(field(page, "国籍（地区）")).toBeHidden();
  await field(page, "民族").selectOption("01");
  await page.getByRole("button", { name: "上一题", exact: true }).click();
  await expect(count).toHaveText("第 1 题，共 8 题。");
  await on(page, "个人基本信息");

  // A mistake of the whole step leads to its own page.
  await page.goto("/hunan/intake/person?after=telephone");
  await on(page, "个人基本信息");
  await expect(page.getByRole("heading", { name: "这一步都答完了" })).toBeVisible();
  await see("elder-end");
  await page.getByRole("button", { name: "保存并继续" }).click();
  await page.getByRole("alert").getByRole("link", { name: "请填写详细地址" }).click();
  await expect(page).toHaveURL(/q=residence_address/);
  await on(page, "个人基本信息");
  await expect(field(page, "详细地址")).toBeVisible();
  await expect(shown).toHaveCount(1);
  await axe(page);

  await page.getByRole("button", { name: "标准版" }).click();
  await on(page, "个人基本信息");
  await expect(field(page, "民族")).toHaveValue("01");
  await expect(next).toHaveCount(0);
});
