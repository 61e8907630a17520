import type { Page } from "@playwright/test";
import { Accountant, field, openIntake } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { RETURNED, returned } from "../fixtures/returned.ts";

const TITLE = "需要修改 3 项";
const { answer, place, file } = RETURNED;

const item = (page: Page, label: string) => page.getByRole("group", { name: label, exact: true });
const again = (page: Page) => page.getByRole("main").getByRole("link", { name: /重新提交$/ });
const count = (page: Page) => page.getByRole("status").filter({ hasText: "已改好" });

test("what was returned is a list, mended where it stands, and 重新提交 opens with the last of it", async ({ page, browser, server }, info) => {
  test.setTimeout(300_000);
  const number = await returned(page, browser, server, person());
  const me = new Accountant(page, pointer(page));
  await openIntake(page, "", "信息采集");
  await me.link(/^逐项修改（已改好 0 \/ 3）/).click();
  await on(page, TITLE);
  await expect(count(page)).toHaveText("已改好 0 / 3");
  await expect(item(page, answer.label)).toContainText(answer.reason);
  await expect(item(page, answer.label)).toContainText("会计学");
  await expect(me.slot(file.title)).toContainText(file.reason);
  await expect(me.slot(file.title).getByRole("img")).toHaveCount(1);
  await expect(page.getByText(/^不用修改的 \d+ 项$/)).toBeVisible();
  await axe(page);
  await shot(page, `${info.project.name}/amend`);
  await expect(again(page)).toHaveText("改好 3 项后重新提交");
  await expect(again(page)).toHaveAttribute("aria-disabled", "true");
  await expect(again(page)).toHaveAccessibleDescription(new RegExp(answer.label));
  await again(page).click({ force: true });
  await on(page, TITLE);

  await item(page, answer.label).getByRole("textbox").fill("财务管理");
  await item(page, answer.label).getByRole("button", { name: /^保存/ }).click();
  await on(page, TITLE);
  await expect(count(page)).toHaveText("已改好 1 / 3");
  await expect(item(page, answer.label).locator(".tag")).toHaveText("已修改");
  await expect(item(page, answer.label)).toContainText("现在的内容");

  await item(page, place.label).getByRole("link", { name: /^内容无误，不需要修改/ }).click();
  await on(page, "说明内容无误");
  await field(page, "说明").fill("学校 2016 年更名，毕业证书上是原来的名称。");
  await me.button("保存说明").click();
  await on(page, TITLE);
  await expect(item(page, place.label).locator(".tag")).toHaveText("已说明");

  await me.upload(file.title, picture("重新拍摄.png", 778));
  await expect(count(page), "without another load").toHaveText("已改好 3 / 3");
  await expect(again(page)).toHaveText("重新提交");
  await axe(page);
  await again(page).click();
  await on(page, "信息核对与提交");
  expect(await me.submit("重新提交")).toBe(number);
  await openIntake(page, "/amend", "需要修改的项目");
  await expect(page.getByText("现在没有需要逐项修改的内容。")).toBeVisible();
});

test("what the step has against an answer is said there, and a right one leads back to the list", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  await returned(page, browser, server, person());
  await openIntake(page, "/amend", TITLE);
  await item(page, answer.label).getByRole("textbox").fill("");
  await item(page, answer.label).getByRole("button", { name: /^保存/ }).click();
  await on(page, "学历学位信息");
  await expect(page.getByRole("alert")).toContainText(`请填写${answer.label}`);
  await field(page, answer.label).fill("审计学");
  await page.getByRole("button", { name: "保存并继续" }).click();
  await on(page, TITLE);
  await expect(count(page)).toHaveText("已改好 1 / 3");
});

test("the list fits a narrow window and text twice as large", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  await returned(page, browser, server, person());
  for (const [width, size] of [[320, ""], [390, "largest"]] as const) {
    await page.setViewportSize({ width, height: 700 });
    await page.context().addCookies([{ name: "data-size", value: size, url: server.url }]);
    await openIntake(page, "/amend", TITLE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
