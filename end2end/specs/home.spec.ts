import type { Page } from "@playwright/test";
import { Accountant, Clerk, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, open, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

const tabs = (page: Page) => page.getByRole("navigation", { name: "常用" });
const main = (page: Page) => page.getByRole("main");

test("个人中心 in every state has no barrier, also with large text, high contrast and in the dark", async ({ page }, info) => {
  const look = async (name: string) => {
    await axe(page);
    await shot(page, `${info.project.name}/gallery-home${name}`);
  };
  await open(page, "/hunan/staff/gallery/home", "组件：个人中心");
  await look("");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await look("-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.locator(".menu > summary").filter({ hasText: "显示" }).click();
  for (const [button, name] of [["特大字号", "largest"], ["高对比度", "contrast"]]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await look(`-${name}`);
  }
});

test("home says one next thing, and nothing while the bureau has the application", async ({ page }, info) => {
  test.setTimeout(180_000);
  const see = seeing(page, info.project.name);
  const who = person();
  const me = new Accountant(page, pointer(page));
  const clerk = new Clerk(page);
  await page.goto("/hunan");
  await clerk.register(who);
  await open(page, "/hunan/home", "个人中心");
  await expect(main(page).getByText("现在要做的一件事")).toHaveCount(1);
  await expect(main(page).locator(".button:not(.button--secondary)")).toHaveText(["开始办理"]);
  await see("home-nothing");

  await clerk.pledge();
  const all = application();
  await clerk.save("person", all.person);
  await open(page, "/hunan/home", "个人中心");
  await expect(main(page)).toContainText("还差 5 项：学历学位信息、");
  await expect(page.locator(".track [aria-current=step]")).toContainText("填写");
  await see("home-draft");
  await me.link("继续：学历学位信息").click();
  await on(page, "学历学位信息");

  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();
  await open(page, "/hunan/home", "个人中心");
  await expect(main(page)).toContainText("没有要办的");
  await expect(main(page)).toContainText("您不用做什么。");
  await expect(main(page)).toContainText(number);
  await expect(page.locator(".track [aria-current=step]")).toContainText("待审核");
  await see("home-waiting");
  const download = page.waitForEvent("download");
  await me.link("下载回执（PDF）").click();
  expect((await download).suggestedFilename()).toBe("信息采集提交回执.pdf");
});

test("the progress is newest first, and what was submitted is folded until it is asked for", async ({ page }, info) => {
  test.setTimeout(180_000);
  const see = seeing(page, info.project.name);
  const clerk = await signedIn(page, person());
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  await clerk.submit();
  await openIntake(page, "/progress", "申报进度");
  await expect(page.locator(".track li")).toHaveCount(4);
  await expect(main(page).getByText("湖南财政经济学院")).toBeHidden();
  await page.locator("summary").filter({ hasText: "已提交的内容" }).click();
  await expect(main(page).getByText("湖南财政经济学院").first()).toBeVisible();
  await see("progress-open");
});

test("a telephone has its four places at the lower edge, and a form its own bar alone", async ({ page, isMobile }, info) => {
  await signedIn(page, person());
  await open(page, "/hunan/home", "个人中心");
  if (!isMobile) {
    await expect(tabs(page)).toBeHidden();
    await expect(page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "业务办理" })).toBeVisible();
    return;
  }
  await expect(page.getByRole("navigation", { name: "主要导航" }).getByRole("link")).toHaveCount(0);
  for (const [tab, heading] of [["办事", "业务办理"], ["消息", "站内信"], ["我的", "账号设置"], ["首页", "个人中心"]] as const) {
    await tabs(page).getByRole("link", { name: tab }).click();
    await on(page, heading);
    await expect(tabs(page).getByRole("link", { name: tab })).toHaveAttribute("aria-current", "page");
    await expect(tabs(page)).toBeInViewport();
  }
  await seeing(page, info.project.name)("tabs");
  await openIntake(page, "/person", "个人基本信息");
  await expect(tabs(page)).toBeHidden();
  await expect(page.locator(".action-bar")).toBeInViewport();
});

test("on the first page a city and a county lead to their telephone without leaving it", async ({ page }) => {
  await open(page, "/liaoning", "辽宁省会计管理综合服务平台");
  const finder = page.getByRole("form", { name: "按地区查找" });
  await expect(finder.getByLabel("区县或者本级")).toBeHidden();
  await finder.getByLabel("市州").selectOption({ label: "沈阳市" });
  await finder.getByLabel("区县或者本级").selectOption({ label: "沈阳市财政局本级" });
  await expect(finder.getByRole("link", { name: "024-22704418" })).toHaveAttribute("href", "tel:024-22704418");
  await expect(page).toHaveURL(/\/liaoning$/);
  await axe(page);
  await finder.getByLabel("市州").selectOption({ label: "请选择市州" });
  await expect(finder.getByLabel("区县或者本级")).toBeHidden();
  await expect(finder.getByRole("link")).toHaveCount(0);
});

test("city and county lead to one telephone", async ({ page }) => {
  await open(page, "/liaoning/hotlines", "咨询电话");
  await page.getByLabel("市州").selectOption({ label: "沈阳市" });
  await page.getByRole("button", { name: "查看电话" }).click();
  await on(page, "咨询电话");
  await page.getByLabel("区县或者本级").selectOption({ label: "沈阳市财政局本级" });
  await page.getByRole("button", { name: "查看电话" }).click();
  await on(page, "咨询电话");
  await expect(main(page).getByRole("rowheader")).toHaveText(["沈阳市财政局本级"]);
  await expect(main(page).getByRole("link", { name: "024-22704418" })).toHaveAttribute("href", "tel:024-22704418");
  await axe(page);
});
