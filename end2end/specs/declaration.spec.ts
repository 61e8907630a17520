import { Accountant, field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { picture } from "../fixtures/application.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { approve, search, seeing, showFile, staffSignIn } from "../fixtures/staff.ts";

const PAPER = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";

/** 手册乙 7.2: one page with the entries 1 to 14, each with its own 保存. */
test("继续教育个人申报 of Hubei: fourteen entries, each saved on its own, with its faults at its own fields", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const place = hubei();
  const who = resident(place);
  const see = seeing(page, `declaration-${info.project.name}`);
  const applicant = new Applicant(page, place);
  const me = new Accountant(page, pointer(page));
  await applicant.arrive();
  await byTelephone(applicant, who);

  await test.step("before 信息采集 is approved the page says what comes first", async () => {
    await open(page, "/hubei/learning/conversions/new", "继续教育提交");
    await expect(page.getByRole("main")).toContainText("信息采集审核通过以后，才能办理继续教育。");
    await open(page, "/hubei/home", "个人中心");
  });

  await applicant.begin();
  await applicant.answer();
  await applicant.uploadAll();
  const number = await applicant.submit();
  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  await open(desk, "/hubei/staff/queue", "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的${place.intake}申请`);
  await approve(desk);
  await on(desk, "审核列表");
  await desk.context().close();
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");

  await open(page, "/hubei/learning/conversions/new", "继续教育提交");
  const entries = page.locator("details[id^='entry-']");
  await expect(entries).toHaveCount(14);
  for (let nth = 1; nth <= 14; nth += 1) {
    const entry = page.locator(`#entry-${nth}`);
    await expect(entry.locator("summary")).toContainText(`${nth}. `);
    await expect(entry.locator("button[type=submit]")).toHaveCount(1);
  }
  await see("entries");

  const paper = entries.filter({ hasText: PAPER });
  await paper.locator("summary").click();
  await field(paper, "论文题目").fill("中小企业存货核算");
  await field(paper, "报刊名称").fill("会计之友");
  await field(paper, "国内统一刊号").fill("CN14-1063/F");
  await field(paper, "作者排名").selectOption({ label: "独立作者" });
  await field(paper, "出版日期").fill(`${new Date().getFullYear()}01`);
  await paper.getByRole("button", { name: /^保存/ }).click();
  await on(page, new RegExp(PAPER));
  await expect(page.getByText("论文折算：独立作者 30 学分")).toBeVisible();
  await see("saved");

  await me.upload("论文封面、目录和正文首页", picture("封面.png", 7));
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  const filed = (await page.locator(".code").first().innerText()).trim();
  await open(page, "/hubei/learning/conversions", "继续教育管理");
  await expect(page.getByRole("listitem").filter({ hasText: PAPER })).toContainText("待审核");
  await see("management");

  await test.step("the bureau approves, and 继续教育查询 has the credits with their arithmetic", async () => {
    const reviewer = await (await browser.newContext()).newPage();
    await staffSignIn(reviewer, place.reviewer);
    await open(reviewer, "/hubei/staff/queue", "审核列表");
    await search(reviewer, filed);
    await reviewer.getByRole("link", { name: filed, exact: true }).click();
    await showFile(reviewer, "论文封面、目录和正文首页");
    await approve(reviewer);
    await on(reviewer, "审核列表");
    await reviewer.context().close();
    await expect(async () => {
      await open(page, "/hubei/learning", "继续教育查询");
      await expect(page.getByRole("main")).toContainText("论文折算：独立作者 30 学分", { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await see("ledger");
  });
});
