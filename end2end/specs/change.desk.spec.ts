import { Accountant, field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { picture } from "../fixtures/application.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { approve, search, seeing, showFile, staffSignIn } from "../fixtures/staff.ts";

const ENTRY = "/hubei/intake?change=all";

/** 手册乙 6: 变更入口, 变更页, 资料上传, 变更退回. */
test("an approved accountant of Hubei changes employer, education and qualification in one application", async ({ page, browser }) => {
  test.setTimeout(480_000);
  const place = hubei();
  const who = resident(place);
  const see = seeing(page, "change");
  const applicant = new Applicant(page, place);
  const me = new Accountant(page, pointer(page));
  await applicant.arrive();
  await byTelephone(applicant, who);

  await test.step("before 信息采集 is approved the page says what comes first", async () => {
    await open(page, ENTRY, "变更入口");
    await expect(page.getByRole("main")).toContainText("信息采集审核通过以后，才能办理信息变更。");
    await see("not-collected");
    await open(page, "/hubei/home", "个人中心");
  });

  await applicant.begin();
  await applicant.answer();
  await applicant.uploadAll();
  const collected = await applicant.submit();
  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  const openAtDesk = async (number: string, kind: string) => {
    await open(desk, "/hubei/staff/queue", "审核列表");
    await search(desk, number);
    await desk.getByRole("link", { name: number, exact: true }).click();
    await on(desk, `${who.name}的${kind}申请`);
  };
  await openAtDesk(collected, place.intake);
  await approve(desk);
  await on(desk, "审核列表");
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");

  await test.step("变更入口: what may happen, by what proof; and the change begins", async () => {
    await open(page, ENTRY, "变更入口");
    await page.getByText("换了单位").click();
    await expect(page.locator("details[open]")).toContainText("从事会计工作说明");
    await see("entry");
    await me.button("开始变更").click();
    await on(page, /^信息变更/);
    await expect(page.getByText("还没有修改任何项目。")).toBeVisible();
    await see("begun");
  });

  await test.step("变更页: under each question stands what its change asks for", async () => {
    await me.link("会计岗位信息").click();
    await on(page, "变更：会计岗位信息");
    await expect(page.locator("#field-employer_name-hint")).toContainText("变更此项需上传：从事会计工作说明。");
    await see("employment");
    await field(page, "工作单位名称").fill("武汉另一家有限公司");
    await me.button("保存修改").click();
    await on(page, /^信息变更/);
    await expect(page.getByRole("listitem").filter({ hasText: "工作单位名称" })).toContainText("原：武汉算盘商贸有限公司 → 现：武汉另一家有限公司");
    await me.link(/^学历信息/).click();
    await on(page, "变更：学历信息");
    await field(page, "全日制所学专业").fill("财务管理");
    await me.button("保存修改").click();
    await on(page, /^信息变更/);
    await me.link(/^专业技术资格/).click();
    await on(page, "变更：专业技术资格");
    await field(page, "证书编号或批文号").fill("42019990001");
    await me.button("保存修改").click();
    await on(page, /^信息变更/);
    await expect(page.getByText("已修改 3 项，需要上传 3 份证明")).toBeVisible();
    await see("changed");
  });

  await test.step("an answer that is taken back takes its proof back", async () => {
    await me.link(/^个人信息/).click();
    await on(page, "变更：个人信息");
    await expect(page.getByText("变更此项不需要证明，提交后立即生效。").first()).toBeVisible();
    await field(page, "姓名").fill(`${who.name}甲`);
    await me.button("保存修改").click();
    await expect(page.getByText("已修改 4 项，需要上传 5 份证明")).toBeVisible();
    await me.button(/^撤回\s*：姓名$/).click();
    await expect(page.getByText("已修改 3 项，需要上传 3 份证明")).toBeVisible();
  });

  let number = "";
  await test.step("资料上传: just the proofs that the change calls for, with the template", async () => {
    await me.link("下一步：资料上传").click();
    await on(page, "资料上传");
    await expect(page.getByText("因为您修改了“工作单位名称”。")).toBeVisible();
    await expect(page.locator("a[href$='/templates/work-statement']")).toBeVisible();
    await see("papers");
    await me.button("提交变更").click();
    await expect(page.getByRole("alert").first()).toContainText("从事会计工作说明");
    for (const [nth, title] of ["全日制最高学历证书", "专业技术资格证书", "从事会计工作说明"].entries()) {
      await me.upload(title, picture(`证明${nth}.png`, nth + 3));
    }
    await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
    await me.button("提交变更").click();
    await on(page, /^信息变更/);
    await expect(page.getByText("您不用做什么。")).toBeVisible();
    await see("submitted");
    number = (await page.locator(".code").first().innerText()).trim();
  });

  await test.step("the bureau reads old, new and proof, and returns it", async () => {
    await openAtDesk(number, "信息变更");
    const changes = desk.getByRole("region", { name: "本次修改" });
    await expect(changes).toContainText("与档案相比有 6 处变化");
    await expect(changes).toContainText("武汉算盘商贸有限公司 → 武汉另一家有限公司");
    await seeing(desk, "change")("desk");
    await desk.getByRole("button", { name: "退回修改" }).click();
    await expect(desk.getByRole("alert").first()).toBeVisible();
    await desk.getByLabel("退回说明").fill("单位名称与公章不一致，请核对。");
    await desk.getByRole("button", { name: "退回修改" }).click();
    await on(desk, "审核列表");
    await sms(page, who.mobile, (sms) => sms.purpose === "returned");
  });

  await test.step("变更退回: amended and handed in again", async () => {
    await open(page, ENTRY, /^信息变更/);
    await expect(page.getByText("退回原因：单位名称与公章不一致，请核对。")).toBeVisible();
    await see("returned");
    await me.link("工作单位名称").click();
    await on(page, "变更：会计岗位信息");
    await field(page, "工作单位名称").fill("武汉另一有限公司");
    await me.button("保存修改").click();
    await me.link("下一步：资料上传").click();
    await on(page, "资料上传");
    await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
    await me.button("重新提交").click();
    await expect(page.getByText("您不用做什么。")).toBeVisible();
  });

  await test.step("the bureau approves, and the next change starts from the new record", async () => {
    await openAtDesk(number, "信息变更");
    await showFile(desk, "从事会计工作说明");
    await approve(desk);
    await on(desk, "审核列表");
    await expect(async () => {
      await open(page, ENTRY, "变更入口");
      await expect(page.getByRole("main")).toContainText(`上一次变更（受理编号 ${number}）已经生效。`, { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await me.button("开始变更").click();
    await on(page, /^信息变更/);
    await me.link("会计岗位信息").click();
    await on(page, "变更：会计岗位信息");
    await expect(field(page, "工作单位名称")).toHaveValue("武汉另一有限公司");
  });
});
