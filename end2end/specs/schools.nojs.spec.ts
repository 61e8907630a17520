import { Accountant, field } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { schoolPage } from "../fixtures/school.ts";
import { administratorPage, seeing } from "../fixtures/staff.ts";

test("without JavaScript one enrols at a school, changes it, and comes to the page that leads there", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "schools-nojs");
  const me = new Accountant(page, pointer(page));
  await collected(page, browser, server, person());
  const { year } = openYear();

  await open(page, "/hunan/learning", "继续教育完成记录");
  await page.getByRole("link", { name: "网校报名和登录" }).click();
  await on(page, "继续教育网络培训");
  await see("schools");
  await me.button("提交").click();
  await expect(page.getByRole("alert")).toContainText("网校");
  await field(page, "继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: "岳麓演示网校" }).check();
  await me.button("提交").click();
  await on(page, "继续教育网络培训");
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();
  await expect(page.getByText("是否登录网校？")).toBeVisible();
  await see("enrolled");

  await page.getByText("更换网校", { exact: true }).click();
  await page.getByRole("button", { name: "更换", exact: true }).click();
  await expect(page.getByRole("heading", { name: `${year} 年度：湘江演示网校` })).toBeVisible();

  await page.getByRole("button", { name: /^登录网校/ }).click();
  await on(page, "登录网校");
  const leaves = page.locator('form[action="https://xiangjiang.example.com/login"]');
  await expect(leaves.getByRole("button", { name: "确定" })).toBeVisible();
  await expect(leaves.locator('input[name="ticket"]')).toHaveValue(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  await see("leaving");
  await page.getByRole("link", { name: "返回报名信息" }).click();
  await on(page, "继续教育网络培训");
});

test("an administrator adds a school, and another agrees to its address and to a token that is shown once", async ({ browser, server }) => {
  test.setTimeout(240_000);
  const desk = await administratorPage(browser, server);
  const other = await administratorPage(browser, server, "qianguanli");
  const see = seeing(desk, "desk");
  const seeOther = seeing(other, "desk");
  const name = `浏阳演示网校${Date.now().toString(36)}`;
  await open(desk, "/hunan/staff/schools", "网校管理");
  await see("schools");
  await desk.getByRole("link", { name: "添加网校" }).click();
  await on(desk, "添加网校");
  await desk.getByRole("button", { name: "保存" }).click();
  await expect(desk.getByRole("alert")).toContainText("网校名称");
  await see("school-faults");
  await field(desk, "网校代码").fill(`liuyang-${Date.now().toString(36)}`);
  await field(desk, "网校名称").fill(name);
  await field(desk, "网址").fill("https://liuyang.example.com/");
  await field(desk, "登录地址").fill("https://liuyang.example.com/login");
  await field(desk, "咨询电话").fill("0731-88880009");
  await desk.getByRole("button", { name: "保存" }).click();
  await on(desk, "网校管理");
  await expect(desk.getByText("已保存。登录地址和调用地址的变动，经另一位管理员同意后生效。")).toBeVisible();
  await expect(desk.getByRole("row", { name }).getByText("等待同意")).toBeVisible();
  await desk.getByRole("link", { name }).click();
  await on(desk, "修改网校");
  await expect(desk.getByText("需要另一位管理员同意。")).toBeVisible();
  await expect(desk.getByRole("button", { name: /^同意\s*：登录地址$/ })).toHaveCount(0);
  await desk.getByRole("button", { name: "申请接口口令" }).click();
  await on(desk, "修改网校");
  await expect(desk.getByRole("button", { name: /^撤回申请\s*：接口口令$/ })).toBeVisible();
  await expect(desk.getByRole("button", { name: "申请接口口令" })).toHaveCount(0);
  await see("school-waits");

  await open(other, "/hunan/staff/schools", "网校管理");
  await other.getByRole("link", { name }).click();
  await on(other, "修改网校");
  await seeOther("school-to-agree");
  await other.getByRole("button", { name: /^同意\s*：登录地址$/ }).click();
  await on(other, "修改网校");
  await expect(other.getByText("申请把登录地址设定为")).toHaveCount(0);
  await other.getByRole("button", { name: /^同意\s*：接口口令$/ }).click();
  await on(other, "修改网校");
  await expect(other.getByText(/^kjxy_[\w-]{43}$/)).toBeVisible();
  await seeOther("school-token");
  await other.reload();
  await expect(other.getByText(/^kjxy_/)).toHaveCount(0);
  await desk.reload();
  await expect(desk.getByText(/^kjxy_/)).toHaveCount(0);
  await expect(desk.getByRole("button", { name: /^停用/ })).toHaveCount(1);

  // Whoever closed the page before it was written down: it is ended, and two make another one.
  await expect(other.getByText(/生成，还没有网校的系统使用过$/)).toBeVisible();
  await other.getByRole("button", { name: /^重新申请/ }).click();
  await on(other, "修改网校");
  await expect(other.getByRole("button", { name: /^停用/ })).toHaveCount(0);
  await desk.reload();
  await desk.getByRole("button", { name: /^同意\s*：接口口令$/ }).click();
  await on(desk, "修改网校");
  await expect(desk.getByText(/^kjxy_[\w-]{43}$/)).toBeVisible();

  // 调用地址 is asked for and agreed to like the rest.
  await field(desk, "调用地址").fill("203.0.113.0/40");
  await desk.getByRole("button", { name: "保存" }).click();
  await expect(desk.getByRole("alert")).toContainText("调用地址");
  await field(desk, "调用地址").fill("203.0.113.9/24, 2001:db8::/32");
  await desk.getByRole("button", { name: "保存" }).click();
  await on(desk, "网校管理");
  await other.reload();
  await expect(other.getByText("申请把网校")).toContainText("的调用地址从不限制改为 203.0.113.0/24, 2001:db8::/32 。");
  await seeOther("school-networks");
  await other.getByRole("button", { name: /^同意\s*：调用地址$/ }).click();
  await on(other, "修改网校");
  await expect(field(other, "调用地址")).toHaveValue("203.0.113.0/24, 2001:db8::/32");
});

test("without JavaScript a school gets a logo, which stands beside its name where people choose", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const desk = await schoolPage(browser, server, "湘江演示网校", "shengting");
  const logo = desk.locator("#logo");
  await logo.getByLabel("选择图片").setInputFiles({ name: "logo.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await logo.getByRole("button", { name: "上传标志" }).click();
  await expect(logo.getByRole("alert")).toContainText("图片没有收下");
  await seeing(desk, "desk")("school-logo-fault");
  await logo.getByLabel("选择图片").setInputFiles(picture("标志.png", 3));
  await logo.getByRole("button", { name: "上传标志" }).click();
  await expect(logo.getByRole("img")).toHaveCount(0);
  await expect(logo.locator("img.school-logo")).toBeVisible();
  await collected(page, browser, server, person());
  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "湘江演示网校", level: 3 }) }).last();
  const shown = card.locator("img.school-logo");
  await shown.scrollIntoViewIfNeeded();
  await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await seeing(page, "schools-nojs")("logos");
  await logo.getByRole("button", { name: "删除标志" }).click();
  await on(desk, "修改网校");
  await expect(logo.locator("img.school-logo")).toHaveCount(0);
  await desk.context().close();
});
