import { Accountant } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { booked, collected, openConversion, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";

test("without JavaScript a reviewer books another amount and asks for the originals, and the person reads both and sends them", async ({ page, browser, server }) => {
  test.setTimeout(300_000);
  const me = new Accountant(page, pointer(page));
  const who = person();
  const clerk = await collected(page, browser, server, who);
  const { year, month } = openYear();
  const what = { "form[year]": year, "form[kind]": "paper", "form[title]": "中小企业存货核算", "form[journal]": "会计之友" };
  const begun = await clerk.post("/api/learning/start", { ...what, "form[cn]": "CN14-1063/F", "form[role]": "sole", "form[published_on]": month });
  await page.goto(begun.go);
  await on(page, new RegExp(KIND));
  const address = new URL(page.url()).pathname;
  await me.upload("论文封面、目录和正文首页", picture("封面.png", 7));
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  const number = (await page.locator(".code").first().innerText()).trim();

  const desk = await staffPage(browser, server, "yuhua");
  const see = seeing(desk, "corrected-nojs");
  await openConversion(desk, number, who.name);
  const pop = desk.locator("#case-correct");
  await pop.locator("summary").click();
  await pop.getByLabel("登记的学分").fill("31");
  await pop.getByLabel("更正原因").fill("实际为第三作者");
  await pop.getByRole("button", { name: "按更正的数量通过" }).click();
  await on(desk, `${who.name}的继续教育学分折算申请`);
  await expect(pop.getByRole("alert")).toContainText("不能超过规则最多给的 30");
  await expect(pop.getByLabel("更正原因")).toHaveValue("实际为第三作者");
  await see("too-much");
  await pop.getByLabel("登记的学分").fill("8.5");
  await pop.getByRole("button", { name: "按更正的数量通过" }).click();
  await expect.poll(() => booked(clerk), { timeout: 60_000 }).toBe(1);
  await open(page, address, new RegExp(KIND));
  await expect(page.getByRole("main")).toContainText("学分由 30 更正为 8.5：实际为第三作者");

  await openConversion(desk, number, who.name, "status=approved");
  const originals = desk.locator("#case-inspect");
  await originals.locator("summary").click();
  await originals.getByRole("button", { name: "要求提供原件" }).click();
  await on(desk, `${who.name}的继续教育学分折算申请`);
  await expect(originals.getByRole("alert")).toContainText("需要的原件");
  await see("inspect-fault");
  await originals.getByLabel("需要的原件").fill("请提供刊登论文的期刊原件");
  await originals.getByRole("button", { name: "要求提供原件" }).click();
  await on(desk, `${who.name}的继续教育学分折算申请`);
  await expect(originals.getByText("申请人还没有上传。")).toBeAttached();

  await open(page, address, new RegExp(KIND));
  await expect(page.getByRole("main")).toContainText("请提供刊登论文的期刊原件");
  await me.upload("原件", picture("期刊.png", 8));
  await openConversion(desk, number, who.name, "status=approved");
  await originals.locator("summary").click();
  await expect(originals.getByRole("link", { name: "期刊.png" })).toBeVisible();
  await originals.getByRole("button", { name: "核对无误" }).click();
  await expect(originals.getByRole("button", { name: "核对无误" })).toHaveCount(0);
  await open(page, address, new RegExp(KIND));
  await expect(page.getByText("原件核对无误")).toBeVisible();
  await desk.context().close();
});
