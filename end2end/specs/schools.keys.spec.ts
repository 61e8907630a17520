import { Accountant, field } from "../fixtures/accountant.ts";
import { scanned } from "../fixtures/certificates.ts";
import { keys } from "../fixtures/hands.ts";
import { booked, collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { SCHOOL, exampleSchool, leadsTo } from "../fixtures/school.ts";

test("by keyboard alone one enrols and goes to the school", async ({ page, browser, server }) => {
  test.setTimeout(300_000);
  const who = person();
  const school = await exampleSchool(server);
  await leadsTo(browser, server, `${school.url}/login`);
  const clerk = await collected(page, browser, server, who);
  const { year } = openYear();
  const hands = keys(page);
  const me = new Accountant(page, hands);

  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  const select = field(page, "继续教育年度");
  await hands.reach(select);
  await page.keyboard.press("Home");
  for (let n = 0; n < 5 && (await select.inputValue()) !== year; n++) await page.keyboard.press("ArrowDown");
  await expect(select).toHaveValue(year);
  await hands.press(page.getByRole("radio").first());
  const wanted = page.getByRole("radio", { name: SCHOOL.name });
  for (let n = 0; n < 10 && !(await wanted.isChecked()); n++) await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeChecked();
  await hands.press(me.button("提交"));
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();

  const mine = page.getByRole("region", { name: "网络继续教育报名信息" });
  await hands.press(mine.getByRole("button", { name: /^登录网校/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登录网校");
  await hands.press(page.getByRole("button", { name: "确定", exact: true }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`欢迎 ${who.name}`);
  await hands.press(page.getByRole("button", { name: "学完并报送学分" }));
  await expect(page.getByText("已登记 2 行，再次报送的回答相同。")).toBeVisible();
  expect(await booked(clerk)).toBe(2);

  await open(page, "/hunan/learning", "继续教育完成记录");
  await expect(page.locator(`#year-${year}`)).toContainText(`网络培训：${SCHOOL.name}报送`);

  // The year is complete by that, and its certificate is fetched by the same keys.
  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await hands.press(page.getByRole("radio", { name: /^只显示首尾，例如/ }));
  const download = page.waitForEvent("download");
  await hands.press(me.button("导出PDF文件"));
  expect(scanned(await (await download).path())).toContain("/hunan/verify?c=");
  school.stop();
});
