import type { Browser, Page } from "@playwright/test";
import { Accountant, Clerk, field, solve } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { application } from "../fixtures/application.ts";
import { byNameAndPassword, byTelephone } from "../fixtures/entrances.ts";
import { pointer } from "../fixtures/hands.ts";
import { answerAtService, signInByService, toService } from "../fixtures/identity.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { person, type Person } from "../fixtures/people.ts";
import { hubei, liaoning, resident, zhejiang, type Place } from "../fixtures/provinces.ts";
import { approve, openCase, reject, staffPage, staffSignIn, turnTo } from "../fixtures/staff.ts";

const REASON = "所学专业与毕业证书不一致，请核对后修改。";
const NOTE = "请核对学历信息后重新提交。";

/** The page that signing in led to: its heading, its address below the province, and the first thing that it says. */
type Landing = [heading: string, path: string, says?: string | RegExp];

interface Way {
  place: Place;
  /** Registers and signs in for the first time, which leads to the page for people who have nothing yet. */
  enter: (me: Applicant, who: Person) => Promise<void>;
  /** Signs in once more, and waits for no page. */
  again: (me: Applicant, who: Person) => Promise<void>;
  /** Left out where another code would be more than a number gets in an hour, and the page is that of having nothing. */
  draft?: Landing;
  submitted: Landing;
  returned: Landing;
  approved: Landing;
}

async function expectLanding(page: Page, place: Place, [heading, path, says]: Landing) {
  await on(page, heading);
  expect(new URL(page.url()).pathname).toBe(`/${place.key}/${path}`);
  if (says) await expect(page.getByRole("main")).toContainText(says);
}

/** Signs in by a new session, as another day would. */
async function comeBack(me: Applicant, who: Person, way: Way, landing: Landing) {
  await me.page.context().clearCookies();
  await way.again(me, who);
  await expectLanding(me.page, way.place, landing);
}

async function nextCase(desk: Page, me: Applicant, who: Person) {
  await open(desk, me.path("staff/desk"), "工作台");
  await desk.getByRole("button", { name: "审核下一件" }).click();
  await on(desk, `${who.name}的${me.place.intake}申请`);
}

/** From nothing to the approval, signing in anew in every state. */
async function walk(page: Page, browser: Browser, way: Way) {
  const { place } = way;
  const [me, who] = [new Applicant(page, place), resident(place)];
  await page.goto(`/${place.key}`);
  await way.enter(me, who);
  await me.begin();

  const { draft } = way;
  if (draft) {
    for (const answer of place.steps[0].answers) await me.fill(answer);
    await me.button("保存并继续").click();
    await on(page, place.steps[1].heading);
    await comeBack(me, who, way, draft);
    await open(page, me.path("intake/person"), place.steps[0].heading);
  }

  await me.answer();
  await me.uploadAll();
  await me.submit();
  await comeBack(me, who, way, way.submitted);

  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  await nextCase(desk, me, who);
  await turnTo(desk, place.amend.answer[0]);
  await reject(desk, place.amend.answer[0], { text: REASON });
  await desk.getByLabel("退回说明").fill(NOTE);
  await desk.getByRole("button", { name: "退回修改" }).click();
  await on(desk, "审核列表");
  await comeBack(me, who, way, way.returned);
  // Why it was returned is the first thing on the page, before what was submitted.
  const reasons = page.getByRole("region", { name: "退回原因" });
  await expect(reasons).toContainText(NOTE);
  await expect(reasons).toContainText(REASON);
  expect(await reasons.evaluate((box) => box.parentElement?.querySelector("section, .card, .result") === box), "on top").toBe(true);

  await reasons.getByRole("link", { name: place.amend.answer[0] }).click();
  await on(page, place.amend.step);
  await me.fill(place.amend.answer);
  await me.button("保存并继续").click();
  await on(page, place.intake);
  await open(page, me.path("intake/check"), place.check);
  await me.submit("重新提交");
  await nextCase(desk, me, who);
  await approve(desk);
  await on(desk, "审核列表");
  await comeBack(me, who, way, way.approved);
}

test("in Hubei signing in leads to the collection, to the state of its review, and to the word that it is done", async ({ page, browser }) => {
  test.setTimeout(480_000);
  const again = async (me: Applicant, who: Person) => {
    await page.goto(me.path("login"));
    await on(page, "登录");
    await field(page, "证件号码").fill(who.identity);
    await field(page, "手机号码").fill(who.mobile);
    const before = await codes(page, who);
    await me.takeCode(who, "document_login");
    await expect.poll(() => codes(page, who), { timeout: 75_000 }).not.toEqual(before);
    const { code } = await sms(page, who.mobile, (sms) => sms.purpose === "document_login");
    await field(page, "短信验证码").fill(code ?? "");
    await me.button("登录").click();
  };
  await walk(page, browser, {
    place: hubei(),
    enter: byTelephone,
    again,
    submitted: ["审核状态", "intake/progress", "申请已提交"],
    returned: ["审核状态", "intake/progress", "申请被退回，需要修改"],
    approved: ["信息采集", "intake", "您已采集过信息，无需重复采集。"],
  });
});

/** The codes for signing in that a number got so far. */
async function codes(page: Page, who: Person): Promise<(string | null)[]> {
  const all = (await (await page.request.get("/demo/sms")).json()) as { mobile: string; purpose: string; code: string | null }[];
  return all.filter((one) => one.mobile === who.mobile && one.purpose === "document_login").map((one) => one.code);
}

test("in Liaoning signing in leads to the open step, to 申报告知, and to the archive", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const again = async (me: Applicant, who: Person) => {
    await page.goto(me.path("login"));
    await on(page, "登录");
    await field(page, "姓名").fill(who.name);
    await field(page, "证件号码").fill(who.identity);
    await field(page, "密码").fill(who.password);
    await solve(page, pointer(page));
    await me.button("登录").click();
  };
  const place = liaoning();
  await walk(page, browser, {
    place,
    enter: byNameAndPassword,
    again,
    draft: [place.steps[1].heading, "intake/employment"],
    submitted: ["申报告知", "intake/progress", "申报进度"],
    returned: ["申报告知", "intake/progress", "申请被退回，需要修改"],
    approved: ["人员档案", "record"],
  });
});

test("in Zhejiang signing in leads to the open step, and then to 登记进度", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const place = zhejiang();
  await walk(page, browser, {
    place,
    enter: (_, who) => signInByService(page, who),
    again: async (_, who) => {
      await toService(page);
      await answerAtService(page, who);
    },
    draft: [place.steps[1].heading, "intake/employment"],
    submitted: ["登记进度", "intake/progress", "申请已提交"],
    returned: ["登记进度", "intake/progress", "申请被退回，需要修改"],
    approved: ["登记进度", "intake/progress", "审核通过"],
  });
});

test("in Hunan signing in leads to 个人中心 in every state", async ({ page, browser, server }) => {
  test.setTimeout(180_000);
  const [who, me, clerk, all] = [person(), new Accountant(page, pointer(page)), new Clerk(page), application()];
  const comeHome = async (says: string) => {
    await page.context().clearCookies();
    await page.goto("/hunan/login");
    await me.signIn(who);
    expect(new URL(page.url()).pathname).toBe("/hunan/home");
    await expect(page.getByRole("main")).toContainText(says);
  };
  await page.goto("/hunan");
  await clerk.register(who);
  await comeHome("信息采集");
  await clerk.pledge();
  await clerk.save("person", all.person);
  await comeHome("信息采集");
  await clerk.save("education", all.education);
  await clerk.save("qualification", all.qualification);
  await clerk.save("employment", all.employment);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();
  await comeHome("查看申报进度");

  const desk = await staffPage(browser, server, "yuhua");
  await openCase(desk, number, who.name);
  await turnTo(desk, "全日制所学专业");
  await reject(desk, "全日制所学专业", { text: REASON });
  await desk.getByRole("button", { name: "退回修改" }).click();
  await on(desk, "审核列表");
  await comeHome("您的信息采集申请被退回，需要修改。");
  await me.link("查看需要修改的内容").click();
  await on(page, "需要修改 1 项");
  await open(page, "/hunan/messages", "站内信");
  await me.link("去修改").click();
  await on(page, "需要修改 1 项");

  const other = await browser.newContext();
  const [next, approved] = [person("孙通过"), await other.newPage()];
  await approved.goto("/hunan");
  const second = await new Clerk(approved).apply(next, application());
  await openCase(desk, second, next.name);
  await approve(desk);
  await on(desk, "审核列表");
  await other.clearCookies();
  await approved.goto("/hunan/login");
  await new Accountant(approved, pointer(approved)).signIn(next);
  expect(new URL(approved.url()).pathname).toBe("/hunan/home");
});
