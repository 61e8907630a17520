import type { Browser } from "@playwright/test";
import { Applicant } from "../fixtures/applicant.ts";
import { byNameAndPassword, byTelephone } from "../fixtures/entrances.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import type { Person } from "../fixtures/people.ts";
import { signInByService } from "../fixtures/identity.ts";
import { hubei, liaoning, resident, zhejiang, type Place } from "../fixtures/provinces.ts";
import { approve, reject, seeing, staffSignIn, turnTo } from "../fixtures/staff.ts";

const REASON = "所学专业与毕业证书不一致，请核对后修改。";

/** The whole way of a province that returns the whole form: submitted, returned with a reason, amended, approved. */
async function walk(me: Applicant, browser: Browser, who: Person, place: Place, folder: string, enter: () => Promise<void>) {
  const { page } = me;
  let number = "";
  await test.step("the applicant enters, answers, uploads and submits", async () => {
    await me.arrive();
    await enter();
    await me.begin();
    await me.answer();
    await me.uploadAll();
    number = await me.submit();
    await expect(page.getByRole("main")).toContainText(place.bureau);
    await expect(page.getByText("撤销申请")).toHaveCount(0);
    await me.see("progress-submitted");
  });

  const desk = await (await browser.newContext()).newPage();
  const see = seeing(desk, folder);
  const next = async () => {
    await open(desk, me.path("staff/desk"), "工作台");
    await desk.getByRole("button", { name: "审核下一件" }).click();
    await on(desk, `${who.name}的${place.intake}申请`);
  };
  await test.step("the bureau returns the whole with its reason", async () => {
    await staffSignIn(desk, place.reviewer);
    await next();
    await see("staff-case");
    await turnTo(desk, place.amend.answer[0]);
    await reject(desk, place.amend.answer[0], { text: REASON });
    await desk.getByRole("button", { name: "退回修改" }).click();
    await expect(desk.getByRole("alert").first()).toBeVisible();
    await desk.getByLabel("退回说明").fill("请核对学历信息后重新提交。");
    await desk.getByRole("button", { name: "退回修改" }).click();
    await on(desk, "审核列表");
  });

  await test.step("the applicant reads the reason, amends and submits again", async () => {
    const told = await sms(page, who.mobile, (sms) => sms.purpose === "returned");
    expect(told.text).toContain(`【${place.signature}】`);
    await open(page, me.path("intake"), place.intake);
    await expect(page.getByRole("region", { name: "退回原因" })).toContainText("请核对学历信息后重新提交。");
    await expect(page.getByRole("region", { name: "退回原因" })).toContainText(REASON);
    await me.see("hub-returned");
    await page.getByRole("region", { name: "退回原因" }).getByRole("link", { name: place.amend.answer[0] }).click();
    await on(page, place.amend.step);
    await me.fill(place.amend.answer);
    await me.button("保存并继续").click();
    await on(page, place.intake);
    await open(page, me.path("intake/check"), place.check);
    expect(await me.submit("重新提交")).toBe(number);
  });

  await test.step("the bureau sees what changed, and approves", async () => {
    await next();
    await expect(desk.getByRole("region", { name: "本次修改" })).toContainText(`${place.amend.before} → ${place.amend.answer[2]}`);
    await approve(desk);
    await on(desk, "审核列表");
  });

  await test.step("the approved applicant has an archive, and collects no second time", async () => {
    await sms(page, who.mobile, (sms) => sms.purpose === "approved");
    await open(page, me.path("intake"), place.intake);
    await expect(page.getByText("您已采集过信息，无需重复采集。")).toBeVisible();
    await me.see("hub-approved");
    await page.getByRole("main").getByRole("link", { name: new RegExp(`^${place.record}`) }).first().click();
    await on(page, place.record);
    await expect(page.getByRole("main")).toContainText(place.amend.answer[2]);
    await expect(page.getByText(who.identity)).toHaveCount(0);
    await me.see("record");
  });
}

test("an accountant of Hubei is collected without any password", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const place = hubei();
  const who = resident(place);
  const folder = `${info.project.name}/hubei`;
  const me = new Applicant(page, place, seeing(page, folder));
  await walk(me, browser, who, place, folder, () => byTelephone(me, who));
});

test("an accountant of Liaoning sets the password after the registration and chooses the bureau", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const place = liaoning();
  const who = resident(place);
  const folder = `${info.project.name}/liaoning`;
  const me = new Applicant(page, place, seeing(page, folder));
  await walk(me, browser, who, place, folder, () => byNameAndPassword(me, who));
});

test("an accountant of Zhejiang comes by the identity service and confirms the whole form", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const place = zhejiang();
  const who = resident(place);
  const folder = `${info.project.name}/zhejiang`;
  const me = new Applicant(page, place, seeing(page, folder));
  await walk(me, browser, who, place, folder, async () => {
    await signInByService(page, who);
    await me.see("home");
  });
});

test("in Zhejiang the place is called by the answer and its bureau stands there, before the program runs and after", async ({ page, trouble }, info) => {
  trouble.expectTrouble(/\.wasm/, /__wasm_split/, /^error on the page: /);
  const place = zhejiang();
  const me = new Applicant(page, place, seeing(page, `${info.project.name}/zhejiang`));
  await signInByService(page, resident(place));
  await me.begin();
  const work = place.steps[1].heading;
  const division = (name: string) => page.getByRole("combobox", { name: new RegExp(`^${name}\\s*$`) });
  const called = async (answer: string, name: string) => {
    await page.getByRole("group", { name: /^是否有工作单位/ }).getByLabel(answer, { exact: true }).check();
    await expect(division(name)).toBeVisible();
  };
  const program = /\/pkg\/\w+\/[^/]+\.wasm$/;
  await page.route(program, (route) => route.abort());
  await page.goto(me.path("intake/employment"), { waitUntil: "domcontentloaded" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(work);
  await called("是", "办公场所");
  await called("否", "居住地");

  await page.unroute(program);
  await open(page, me.path("intake/employment"), work);
  await called("否", "居住地");
  await called("是", "办公场所");
  await division("办公场所").selectOption({ label: "上城区" });
  await expect(page.getByLabel(/^所属会计管理部门/)).toHaveValue("杭州市上城区财政局");
});
