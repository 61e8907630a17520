import type { Page } from "@playwright/test";
import { field } from "../fixtures/accountant.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { administratorPage, seeing, staffPage } from "../fixtures/staff.ts";

/** Of a page without the program. */
const heading = (page: Page, text: string) => expect(page.getByRole("heading", { level: 1 })).toHaveText(text);

const navigation = (page: Page) => page.getByRole("navigation", { name: "主要导航" });

test("a notice is written by an administrator of the province and read by a visitor", async ({ page, browser, server }, info) => {
  const see = seeing(page, info.project.name);
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await expect(page.getByRole("region", { name: "通知公告" }).getByRole("link", { name: "关于会计人员信息采集的说明" })).toBeVisible();
  await see("portal-seeds");

  const desk = await administratorPage(browser, server);
  const seeDesk = seeing(desk, info.project.name);
  await navigation(desk).getByRole("link", { name: "网站内容" }).click();
  await heading(desk, "通知公告");
  await expect(desk.getByText("还没有内容")).toBeVisible();
  await seeDesk("portal-texts-empty");
  await desk.getByRole("link", { name: "新建" }).click();
  await heading(desk, "新建通知公告");
  await desk.getByRole("button", { name: "保存并发布" }).click();
  await expect(desk.getByRole("alert")).toContainText("请填写标题");
  await expect(desk.getByRole("alert")).toContainText("请填写正文");
  await seeDesk("portal-text-faults");
  await desk.getByLabel("标题", { exact: true }).fill("关于开展信息采集的通知");
  await desk.getByLabel("正文", { exact: true }).fill("第一段。\n第二段 <b>不是网页代码</b>。\n\n* 甲\n* 乙");
  await desk.getByRole("button", { name: "预览" }).click();
  await expect(desk.getByRole("region", { name: "预览" }).getByRole("listitem")).toHaveText(["甲", "乙"]);
  await seeDesk("portal-text-preview");
  await desk.getByRole("button", { name: "保存并发布" }).click();
  await heading(desk, "修改通知公告");
  await expect(desk.getByText(/^最新的一版已发布/)).toBeVisible();
  await seeDesk("portal-text");
  await desk.getByRole("navigation", { name: "当前位置" }).getByRole("link", { name: "通知公告" }).click();
  await expect(desk.getByRole("row", { name: /关于开展信息采集的通知/ })).toContainText("已发布");
  await seeDesk("portal-texts");

  await open(page, "/hunan", "湖南省会计管理服务平台");
  const card = page.getByRole("region", { name: "通知公告" });
  await expect(card.getByRole("link", { name: "关于会计人员信息采集的说明" })).toHaveCount(0);
  await card.getByRole("link", { name: "关于开展信息采集的通知" }).click();
  await on(page, "关于开展信息采集的通知");
  await expect(page.getByText("第二段 <b>不是网页代码</b>。")).toBeVisible();
  await see("portal-notice");
  await navigation(page).getByRole("link", { name: "通知公告" }).click();
  await on(page, "通知公告");
  await expect(navigation(page).getByRole("link", { name: "通知公告" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("main").getByRole("link", { name: "关于开展信息采集的通知" })).toBeVisible();
  await see("portal-notices");
  await navigation(page).getByRole("link", { name: "操作指南" }).click();
  await on(page, "操作指南");
  await see("portal-guides");

  // Withdrawn, it is gone for everybody but its keepers.
  await desk.getByRole("link", { name: "关于开展信息采集的通知" }).click();
  await heading(desk, "修改通知公告");
  await expect(desk.getByRole("region", { name: "版本" })).toContainText(/赵省厅于 .* 编写，赵省厅于 .* 发布/);
  await desk.getByRole("button", { name: "从网站撤下" }).click();
  await expect(desk.getByText(/^已撤下，网站上不显示/)).toBeVisible();
  await open(page, "/hunan/texts/notices", "通知公告");
  await expect(page.getByRole("link", { name: "关于开展信息采集的通知" })).toHaveCount(0);
});

test("a reviewer changes the telephone of the own bureau, and a visitor sees it at once", async ({ page, browser, server }, info) => {
  const see = seeing(page, info.project.name);
  await open(page, "/hunan/hotlines", "咨询电话");
  await expect(page.getByText(/^没有列出的财政局：咨询电话尚未公布/)).toBeVisible();
  const bureau = page.getByRole("row", { name: /长沙市雨花区财政局/ });
  await see("portal-hotlines");

  const desk = await staffPage(browser, server, "yuhua");
  const seeDesk = seeing(desk, info.project.name);
  await navigation(desk).getByRole("link", { name: "本局电话" }).click();
  await on(desk, "咨询电话");
  await expect(desk.getByRole("row")).toHaveCount(2);
  await seeDesk("portal-contacts");
  await desk.getByRole("link", { name: "长沙市雨花区财政局" }).click();
  await on(desk, "长沙市雨花区财政局的联系方式");
  await desk.getByLabel(/^咨询电话/).fill("请拨打总机");
  await desk.getByRole("button", { name: "保存" }).click();
  await expect(desk.getByRole("alert")).toContainText("咨询电话中不能有“请”，请检查");
  await seeDesk("portal-contact-faults");
  await desk.getByLabel(/^咨询电话/).fill("0731-85000001");
  await desk.getByLabel(/^办公地址/).fill("长沙市雨花区韶山中路 9 号");
  await desk.getByRole("button", { name: "保存" }).click();
  await on(desk, "咨询电话");
  await expect(desk.getByRole("row", { name: /雨花区/ })).toContainText("0731-85000001");

  await page.getByLabel("名称、地址或者电话").fill("雨花");
  await page.getByRole("button", { name: "查询" }).click();
  await on(page, "咨询电话");
  await expect(page.getByRole("heading", { level: 2, name: "长沙市" })).toBeVisible();
  await expect(bureau).toContainText("长沙市雨花区韶山中路 9 号");
  await expect(bureau.getByRole("link", { name: "0731-85000001" })).toHaveAttribute("href", "tel:0731-85000001");
  await expect(page.getByRole("main").getByRole("rowheader")).toHaveCount(1);
  await see("portal-hotlines-found");
  await page.getByLabel("名称、地址或者电话").fill("没有这样的局");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.getByText("没有找到这样的财政局")).toBeVisible();
  await axe(page);
});

test("of two who write the same guide the second sees both texts and loses nothing", async ({ browser, server, trouble }) => {
  // The answer to the second is one, which Chromium remarks on.
  trouble.expectTrouble(/status of 409/);
  const one = await administratorPage(browser, server);
  await one.goto("/hunan/staff/texts/new?kind=guides");
  await one.getByLabel("标题", { exact: true }).fill("操作手册");
  await one.getByLabel("正文", { exact: true }).fill("第一步。");
  await one.getByRole("button", { name: "保存草稿" }).click();
  await heading(one, "修改操作指南");
  const two = await one.context().newPage();
  await two.goto(one.url());
  await one.getByLabel("正文", { exact: true }).fill("先保存的内容。");
  await one.getByRole("button", { name: "保存草稿" }).click();
  await heading(one, "修改操作指南");
  await expect(one.getByLabel("正文", { exact: true })).toHaveValue("先保存的内容。");
  await two.getByLabel("正文", { exact: true }).fill("后保存的内容。");
  await two.getByRole("button", { name: "保存草稿" }).click();
  await expect(two.getByRole("alert")).toContainText("内容在别处被修改过");
  await expect(two.getByLabel("正文", { exact: true })).toHaveValue("先保存的内容。");
  await expect(two.getByRole("region", { name: "您刚才填写的内容（没有保存）" })).toContainText("后保存的内容。");
  await axe(two);
});
