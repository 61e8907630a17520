import { expect, open, test } from "../fixtures/page.ts";
import { administratorPage, seeing } from "../fixtures/staff.ts";

test("a regulation is written by one, published by another, and found by its initials with scripts and without", async ({ page, browser, server }, info) => {
  const heading = (of: typeof page, text: string) => expect(of.getByRole("heading", { level: 1 })).toHaveText(text);
  const desk = await administratorPage(browser, server);
  const seeDesk = seeing(desk, info.project.name);
  await desk.goto("/hunan/staff/texts/new?kind=regulations");
  await heading(desk, "新建政策法规");
  await desk.getByLabel("标题", { exact: true }).fill("会计专业技术人员继续教育规定");
  await desk.getByLabel("文号（选填）").fill("财会〔2018〕10号");
  await desk.getByLabel("发文机关").fill("财政部");
  await desk.getByLabel("发文日期").fill("20180519");
  await desk.getByLabel("施行日期").fill("20180701");
  await desk.getByLabel("主题").selectOption("继续教育");
  await desk.getByLabel("正文", { exact: true }).fill("# 第一条\n为了规范会计专业技术人员继续教育。");
  await desk.getByRole("button", { name: "保存并提交同意" }).click();
  await expect(desk.getByText(/^已提交，等待另一位管理员核对后发布/)).toBeVisible();
  await expect(desk.getByRole("button", { name: "发布", exact: true })).toHaveCount(0);
  await seeDesk("text-waiting");

  const second = await administratorPage(browser, server, "qianguanli");
  await second.goto(desk.url());
  await expect(second.getByRole("region", { name: "预览" })).toContainText("为了规范");
  await seeing(second, info.project.name)("text-to-agree");
  await second.getByRole("button", { name: "发布", exact: true }).click();
  await expect(second.getByText(/^最新的一版已发布/)).toBeVisible();

  await open(page, "/hunan/search", "搜索");
  await page.getByLabel("搜索内容").fill("kjzyjsryjxjy");
  await page.getByRole("button", { name: "搜索" }).click();
  await page.getByRole("main").getByRole("link", { name: "会计专业技术人员继续教育规定" }).click();
  await heading(page, "会计专业技术人员继续教育规定");
  await expect(page.getByText("现行有效")).toBeVisible();
  await seeing(page, info.project.name)("text-regulation");

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto("/hunan/search?words=jxjygd");
  await plain.getByRole("main").getByRole("link", { name: "会计专业技术人员继续教育规定" }).click();
  await expect(plain.getByRole("heading", { level: 2, name: "第一条" })).toBeVisible();
  await plain.context().close();
});
