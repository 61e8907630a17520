import type { Page } from "@playwright/test";
import { captchaOf, characters, field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { mobile, type Person } from "../fixtures/people.ts";
import { bmp, png } from "../fixtures/pictures.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { seeing, showFile, staffSignIn } from "../fixtures/staff.ts";

const TITLE = "手机号更换申请";

/** A code to the new number, from the page of the sign-in on; ends on the form. */
async function prove(page: Page, to: string, see: (name: string) => Promise<void>) {
  await open(page, "/hubei/login", "登录");
  await page.getByRole("main").getByRole("link", { name: TITLE }).click();
  await on(page, TITLE);
  await see("phone-change-number");
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByRole("alert").first()).toContainText("请填写新手机号码");
  await field(page, "新手机号码").fill(to);
  await characters(page).fill(await captchaOf(page));
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByText("验证码已发送到")).toBeVisible();
  await on(page, TITLE);
}

async function fillForm(page: Page, who: Person, to: string) {
  const { code } = await sms(page, to, (sms) => sms.purpose === "phone_change" && sms.code !== null);
  await field(page, "短信验证码").fill(code ?? "");
  await field(page, "姓名").fill(who.name);
  await field(page, "证件号码").fill(who.identity);
  const front = page.getByLabel(/^证件正面/);
  // The window of WeChat on Android opens camera and album for `image/*` alone; what the house does not keep is made a JPEG here.
  await expect(front).toHaveAttribute("accept", "image/*,application/pdf");
  await front.setInputFiles(bmp("正面.bmp"));
  await expect.poll(() => front.evaluate((input) => (input as HTMLInputElement).files?.[0]?.type)).toBe("image/jpeg");
  await page.getByLabel(/^证件反面/).setInputFiles(png("反面.png", 2));
}

test("a lost number is changed by two persons of the bureau, and the old number can stop it", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const see = seeing(page, `phone-change-${info.project.name}`);
  const place = hubei();
  const who = resident(place);
  const to = mobile();
  await test.step("somebody has an application at a bureau", async () => {
    const me = new Applicant(page, place);
    await me.arrive();
    await byTelephone(me, who);
    await me.begin();
    await me.answer();
    await me.uploadAll();
    await me.submit();
  });

  const lost = await (await browser.newContext()).newPage();
  const seeLost = seeing(lost, `phone-change-${info.project.name}`);
  await test.step("from outside the login: the number first, then the form with pictures", async () => {
    await prove(lost, to, seeLost);
    await lost.getByRole("button", { name: "提交申请" }).click();
    await on(lost, TITLE);
    const summary = lost.getByRole("alert").first();
    for (const line of ["请填写姓名", "请填写证件号码", "请填写短信验证码", "请上传证件正面", "请上传证件反面"]) {
      await expect(summary.getByRole("link", { name: line })).toBeVisible();
    }
    await seeLost("phone-change-empty");
    await fillForm(lost, who, to);
    await lost.getByRole("button", { name: "提交申请" }).click();
    await on(lost, "申请已收到");
    await seeLost("phone-change-done");
    await sms(lost, to, (sms) => sms.purpose === "phone_change" && sms.text.includes("手机号更换申请已收到"));
  });

  const asked = await sms(page, who.mobile, (sms) => sms.purpose === "phone_change_asked");
  expect(asked.text).not.toContain(to);
  const link = /(\/hubei\/phone-change\/objection\/\S+)/.exec(asked.text)?.[1] ?? "";

  await test.step("two persons of the bureau agree one after the other", async () => {
    for (const [nth, login] of ["jiangan", "jiangan2"].entries()) {
      const desk = await (await browser.newContext()).newPage();
      const seeDesk = seeing(desk, `phone-change-${info.project.name}`);
      await staffSignIn(desk, login);
      await open(desk, "/hubei/staff/queue", "审核列表");
      await desk.getByRole("row").filter({ hasText: "手机号更换" }).getByRole("link").click();
      await on(desk, `${who.name}的手机号更换申请`);
      await expect(desk.getByText(nth === 0 ? /需要两位审核人员先后同意/ : /已经同意。您同意之后/)).toBeVisible();
      await expect(desk.getByRole("main")).not.toContainText(to);
      await expect(desk.getByRole("button", { name: /^不通过/ })).toHaveCount(0);
      await seeDesk(`phone-change-case-${nth}`);
      const path = new URL(desk.url()).pathname;
      await showFile(desk, "证件反面");
      await desk.getByRole("button", { name: "同意", exact: true }).click();
      await expect(desk).not.toHaveURL(new RegExp(path));
      await open(desk, path, `${who.name}的手机号更换申请`);
      await expect(desk.getByText(nth === 0 ? /您已经同意/ : /原手机号码可以提出异议/)).toBeVisible();
    }
    await sms(page, to, (sms) => sms.purpose === "phone_change_approved");
  });

  await test.step("the old number stops it before it takes effect", async () => {
    const finder = await (await browser.newContext()).newPage();
    const seeFinder = seeing(finder, `phone-change-${info.project.name}`);
    await open(finder, link, "提出异议");
    await seeFinder("phone-change-objection");
    await finder.getByRole("button", { name: "不是本人申请，终止更换" }).click();
    await on(finder, "异议已受理");
    await seeFinder("phone-change-objected");
    await open(finder, link, "提出异议");
    await finder.getByRole("button", { name: "不是本人申请，终止更换" }).click();
    await expect(finder.getByRole("alert").first()).toContainText("这个链接已经失效");
    await sms(page, to, (sms) => sms.purpose === "phone_change_stopped");
  });
  await open(page, "/hubei/messages", "站内信");
  await expect(page.getByText("手机号更换申请已终止").first()).toBeVisible();
  await see("phone-change-messages");
});
