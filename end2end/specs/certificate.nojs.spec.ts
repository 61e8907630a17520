import { Accountant, field } from "../fixtures/accountant.ts";
import { attached, scanned } from "../fixtures/certificates.ts";
import { pointer } from "../fixtures/hands.ts";
import { booked, collected, openYear } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { SCHOOL, exampleSchool, leadsTo } from "../fixtures/school.ts";
import { seeing } from "../fixtures/staff.ts";

test("without JavaScript a year is completed at a school, certified, printed and shared", async ({ page, browser, server }) => {
  test.setTimeout(300_000);
  const who = person();
  const see = seeing(page, "certificate-nojs");
  const school = await exampleSchool(server);
  await leadsTo(browser, server, `${school.url}/login`);
  const clerk = await collected(page, browser, server, who);
  const me = new Accountant(page, pointer(page));
  const { year } = openYear();

  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  await field(page, "继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: SCHOOL.name }).check();
  await me.button("提交").click();
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();
  await page.getByRole("region", { name: "网络继续教育报名信息" }).getByRole("button", { name: /^登录网校/ }).click();
  await page.getByRole("button", { name: "确定", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`欢迎 ${who.name}`);
  await page.getByRole("button", { name: "学完并报送学分" }).click();
  await expect(page.getByText("已登记 2 行，再次报送的回答相同。")).toBeVisible();
  expect(await booked(clerk)).toBe(2);

  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await see("page");
  await page.getByRole("radio", { name: /^不显示/ }).first().check();
  const download = page.waitForEvent("download");
  await me.button("导出PDF文件").click();
  const pdf = await (await download).path();
  const address = scanned(pdf);
  expect(attached(pdf)).toBe(new URL(address).searchParams.get("c"));

  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await me.button("生成分享链接").click();
  await on(page, `${year} 年度完成证明`);
  const shared = await page.locator("#shares a").first().innerText();
  const stranger = await (await browser.newContext({ baseURL: server.url })).newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { level: 2, name: "证明有效" })).toBeVisible();
  await expect(stranger.getByRole("main")).toContainText("持有人选择不显示");
  await stranger.goto(shared);
  await axe(stranger);
  await stranger.context().close();
  school.stop();
});
