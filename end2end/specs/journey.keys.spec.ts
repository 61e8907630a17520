import { Accountant } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { keys } from "../fixtures/hands.ts";
import { expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

test("by keyboard alone an accountant registers, is collected, submits and withdraws", async ({ page }) => {
  test.setTimeout(420_000);
  const who = person();
  const all = application();
  const hands = keys(page);
  const me = new Accountant(page, hands);
  await me.register(who);
  await me.signIn(who);
  await me.begin();
  await me.answer(all);
  await me.uploadAll(all);
  const number = await me.submit();
  expect(number).not.toBe("");

  await test.step("the skip link is first and leads to the content", async () => {
    await page.reload();
    await on(page, "申报进度");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "跳到主要内容" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const isInside = () => page.evaluate(() => document.querySelector("main")?.contains(document.activeElement));
    expect(await isInside()).toBe(true);
  });

  await test.step("a large picture opens, is turned, and closes by Esc", async () => {
    await hands.press(page.locator("summary").filter({ hasText: "已提交的内容" }));
    const picture = page.getByRole("link", { name: /个人近期彩照，已上传的图片/ });
    await hands.press(picture);
    const stage = page.getByRole("group", { name: /按 Esc 关闭/ });
    await expect(stage).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(stage).toHaveCount(0);
    await expect(picture).toBeFocused();
  });

  await test.step("the application is withdrawn", async () => {
    await hands.press(page.locator("summary").filter({ hasText: "撤销申请" }));
    await hands.press(page.getByRole("button", { name: "确认撤销" }));
    await on(page, "信息采集");
    await expect(page.getByText("草稿", { exact: true })).toBeVisible();
  });
});

test("Enter in a field sends the form, and not the button beside it", async ({ page }) => {
  await page.goto("/hunan/register");
  await on(page, "注册");
  await keys(page).reach(page.getByLabel(/^短信验证码/));
  await page.keyboard.press("Enter");
  // Everything is missing, and not only what a code needs.
  await expect(page.getByRole("alert")).toContainText("请填写姓名");
});
