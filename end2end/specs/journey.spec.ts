import type { Page } from "@playwright/test";
import { Accountant, field, signedIn } from "../fixtures/accountant.ts";
import { application, picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, readmeShot, sms, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { approve, item, paper, reject, seeing, showFile, staffSignIn, turnTo } from "../fixtures/staff.ts";

const FIELD = "全日制所学专业";
const FILE = "有效身份证照正面";
const FIELD_REASON = "证书编号与证书不一致，请核对后修改。";
const RIGHT = "全日制毕业院校";
const RIGHT_REASON = "学校名称与毕业证书不一致。";
const RIGHT_BECAUSE = "学校 2016 年更名，毕业证书上是原来的名称。";
const REMARK = "更名批复的复印件可以随时提供。";
const FILE_REASON = "左上角被手指遮住了，请重新拍摄。";

/** Opens the oldest due case from 工作台. */
async function nextCase(page: Page, applicant: string) {
  await open(page, "/hunan/staff/desk", "工作台");
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, `${applicant}的信息采集申请`);
}

test("an accountant of Hunan is collected, returned, amended and approved", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const who = person();
  const all = application();
  const project = info.project.name;
  const me = new Accountant(page, pointer(page), seeing(page, project));
  let number = "";

  await test.step("the accountant registers, answers, uploads and submits", async () => {
    await me.register(who);
    await me.signIn(who);
    await me.begin();
    await me.answer(all);
    await me.uploadAll(all);
    await expect(page.getByText("长沙市雨花区财政局").or(page.getByText("雨花区财政局")).first()).toBeVisible();
    number = await me.submit();
    expect(number).not.toBe("");
    await expect(page.getByRole("main")).toContainText("雨花区财政局");
    await expect(page.getByRole("main")).toContainText(/预计 20\d\d年\d+月\d+日 前答复/);
    await me.see("progress-submitted");
    await open(page, "/hunan/intake", "信息采集");
    await expect(page.getByRole("main")).toContainText(number);
    await me.see("hub-submitted");
    await open(page, "/hunan/intake/education", "学历学位信息");
    await expect(page.getByText("申请已经提交，现在不能修改")).toBeVisible();
  });

  const desk = await (await browser.newContext()).newPage();
  const see = seeing(desk, project);
  await test.step("the reviewer of 雨花区 says no to a field and a file, and returns the case", async () => {
    await staffSignIn(desk, "yuhua", see);
    await see("staff-desk");
    await desk.getByRole("main").getByRole("link", { name: "审核列表" }).click();
    await on(desk, "审核列表");
    await expect(desk.getByRole("row", { name: number })).toContainText(who.name);
    await see("staff-queue");
    await nextCase(desk, who.name);
    await expect(desk.getByText("您正在审核这件申请")).toBeVisible();
    await expect(desk.getByText(who.identity)).toHaveCount(0);
    await expect(desk.getByText(who.mobile)).toHaveCount(0);
    await see("staff-case");
    if (project === "desk") await readmeShot(desk, "desk");
    await desk.getByRole("button", { name: "退回修改" }).click();
    await expect(desk.getByRole("alert").first()).toContainText("退回之前，请先在未通过的项目上标明“不通过”并写明原因。");
    await see("staff-case-refused");
    await turnTo(desk, FIELD);
    await reject(desk, FIELD, { preset: FIELD_REASON });
    await expect(item(desk, FIELD)).toContainText(`不通过 ${FIELD_REASON}`);
    await showFile(desk, FILE);
    await reject(desk, FILE, { text: FILE_REASON });
    await expect(paper(desk, new RegExp(`${FILE}\\s*（不通过）`))).toBeVisible();
    await turnTo(desk, RIGHT);
    await reject(desk, RIGHT, { text: RIGHT_REASON });
    await item(desk, "全日制毕业时间").getByRole("button", { name: "通过", exact: false }).first().click();
    await expect(item(desk, "全日制毕业时间").locator(".tag--green")).toHaveText("通过");
    await see("staff-case-judged");
    await expect(desk.getByRole("button", { name: "审核通过" }), "closed while something is rejected").toHaveAttribute("aria-disabled", "true");
    await desk.getByLabel("退回说明").fill("请对照原件。");
    await desk.getByRole("button", { name: "退回修改" }).click();
    await on(desk, "审核列表");
    await see("staff-queue-empty");
  });

  await test.step("the accountant is told, and may change nothing else", async () => {
    const told = await sms(page, who.mobile, (sms) => sms.purpose === "returned");
    expect(told.text).toMatch(/^【湖南财政厅】/);
    await open(page, "/hunan/home", "个人中心");
    await expect(page.getByText("您的信息采集申请被退回，需要修改。")).toBeVisible();
    await me.see("home-returned");
    await open(page, "/hunan/messages", "站内信");
    await expect(page.getByRole("listitem").filter({ hasText: "信息采集需要修改" })).toContainText(FILE_REASON);
    await me.see("messages");
    await page.getByRole("button", { name: "全部标为已读" }).click();
    await expect(page.getByRole("button", { name: "全部标为已读" })).toHaveCount(0);
    await open(page, "/hunan/intake/progress", "申报进度");
    await expect(page.getByText("退回说明：请对照原件。")).toBeVisible();
    await me.see("progress-returned");
    await open(page, "/hunan/intake", "信息采集");
    await expect(page.getByText("还有 3 项没有修改")).toBeVisible();
    await me.see("hub-returned");
    await open(page, "/hunan/intake/check", "信息核对与提交");
    await expect(page.getByRole("button", { name: "重新提交" })).toHaveCount(0);
    await expect(page.getByText("未通过的项目全部修改（内容无误的，填写说明）后，这里可以重新提交。")).toBeVisible();
    await me.see("check-returned");
    await open(page, "/hunan/intake/person", "个人基本信息");
    await expect(field(page, "详细地址")).not.toBeEditable();
    await expect(field(page, "民族")).toBeDisabled();
    await me.see("step-person-locked");
  });

  await test.step("the accountant amends both items and submits again", async () => {
    await open(page, "/hunan/intake", "信息采集");
    await me.link(new RegExp(`^${FIELD}`)).click();
    await on(page, "学历学位信息");
    await expect(field(page, "全日制毕业时间")).not.toBeEditable();
    await expect(field(page, FIELD)).toHaveAccessibleDescription(new RegExp(FIELD_REASON));
    await me.see("step-education-returned");
    await field(page, FIELD).fill("财务管理");
    await me.saveAndGoOn("信息采集");
    await expect(page.getByText("还有 2 项没有修改")).toBeVisible();
    await me.link(`内容无误，不需要修改 ：${RIGHT}`).click();
    await on(page, "说明内容无误");
    await page.getByRole("button", { name: "保存说明" }).click();
    await expect(page.getByRole("alert").first()).toContainText("请填写说明");
    await expect(page.getByText(RIGHT_REASON)).toBeVisible();
    await field(page, "说明").fill(RIGHT_BECAUSE);
    await me.see("explain");
    await page.getByRole("button", { name: "保存说明" }).click();
    await on(page, "申报进度");
    await expect(page.getByText(`您的说明：${RIGHT_BECAUSE}`)).toBeVisible();
    await open(page, "/hunan/intake", "信息采集");
    await expect(page.getByText("还有 1 项没有修改")).toBeVisible();
    await me.see("hub-explained");
    await me.link(new RegExp(`^${FILE}`)).click();
    await on(page, "材料上传");
    await expect(me.slot("个人近期彩照").getByLabel(/替换/)).toHaveCount(0);
    await expect(me.slot(FILE)).toContainText(FILE_REASON);
    await me.see("files-returned");
    await me.upload(FILE, picture("重新拍摄.png", 777));
    await me.see("files-amended");
    await open(page, "/hunan/intake", "信息采集");
    await me.link("重新提交").click();
    await on(page, "信息核对与提交");
    await field(page, "备注").fill(REMARK);
    await page.getByRole("checkbox", { name: /^以上信息和材料真实完整/ }).check();
    await page.getByRole("button", { name: "重新提交" }).click();
    await on(page, "申报进度");
    await expect(page.locator(".result__number")).toHaveText(number);
    await me.see("progress-resubmitted");
  });

  await test.step("the reviewer sees what changed, and approves", async () => {
    await nextCase(desk, who.name);
    const changes = desk.getByRole("region", { name: "本次修改" });
    await expect(changes).toContainText("有 2 处变化");
    await expect(changes).toContainText("会计学 → 财务管理");
    await expect(changes).toContainText(FILE);
    await turnTo(desk, FIELD);
    await expect(item(desk, FIELD)).toContainText("有变化");
    await expect(item(desk, FIELD)).toContainText(`上次不通过：${FIELD_REASON}`);
    await expect(item(desk, RIGHT)).toContainText(`申请人认为无误 ${RIGHT_BECAUSE}`);
    await expect(desk.getByText(`申请人备注：${REMARK}`)).toBeVisible();
    await see("staff-case-resubmitted");
    await approve(desk);
    await on(desk, "审核列表");
    await open(desk, "/hunan/staff/queue?status=approved", "审核列表");
    await expect(desk.getByRole("row", { name: number })).toContainText("审核通过");
    await see("staff-queue-approved");
  });

  await test.step("the accountant is approved, and sees what approved people may do", async () => {
    await sms(page, who.mobile, (sms) => sms.purpose === "approved");
    await open(page, "/hunan/intake/progress", "申报进度");
    await expect(page.getByText("审核通过。您已采集过信息，无需重复采集。")).toBeVisible();
    await expect(page.getByRole("region", { name: "可以办理的业务" }).or(page.getByRole("heading", { name: "可以办理的业务" })).first()).toBeVisible();
    await expect(page.getByRole("link", { name: /^信息变更/ })).toBeVisible();
    await me.see("progress-approved");
    await open(page, "/hunan/services", "业务办理");
    await expect(page.getByRole("link", { name: "查看继续教育" })).toBeVisible();
    await me.see("services-approved");
    await open(page, "/hunan/intake", "信息采集");
    await expect(page.getByText("您已采集过信息，无需重复采集。")).toBeVisible();
    await me.see("hub-approved");
  });
});

test("the task list shows how far one is", async ({ page }, info) => {
  const clerk = await signedIn(page, person());
  const all = application("430103", "天心区");
  await clerk.save("person", all.person);
  await clerk.save("education", all.education);
  await open(page, "/hunan/intake", "信息采集");
  await seeing(page, info.project.name)("hub-half");
  await expect(page.getByText("已完成 3 项")).toBeVisible();
  if (info.project.name === "phone") await readmeShot(page, "phone");
});
