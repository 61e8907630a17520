import { Accountant, Clerk, openIntake } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("without JavaScript home, its tabs, the fold of the progress and the lists of the telephones work", async ({ page }) => {
  test.setTimeout(180_000);
  const see = seeing(page, "home-nojs");
  const me = new Accountant(page, pointer(page));
  const clerk = new Clerk(page);
  await page.goto("/hunan");
  await clerk.register(person());
  await clerk.pledge();
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();

  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/hunan/home", "个人中心");
  await expect(page.getByRole("main")).toContainText(number);
  await see("home");
  const tabs = page.getByRole("navigation", { name: "常用" });
  await tabs.getByRole("link", { name: "办事" }).click();
  await on(page, "业务办理");
  await expect(tabs.getByRole("link", { name: "办事" })).toHaveAttribute("aria-current", "page");
  await me.link("查看申报进度").click();
  await on(page, "申报进度");
  await page.locator("summary").filter({ hasText: "已提交的内容" }).click();
  await expect(page.getByText("湖南财政经济学院").first()).toBeVisible();
  await openIntake(page, "/briefing", /./);
  await expect(tabs).toBeHidden();

  await open(page, "/hunan/hotlines?city=430100", "咨询电话");
  await page.getByLabel("区县或者本级").selectOption({ label: "长沙县财政局" });
  await page.getByRole("button", { name: "查看电话" }).click();
  await expect(page.getByRole("main").getByRole("rowheader")).toHaveText(["长沙县财政局"]);
});
