import { captchaOf, Clerk } from "../fixtures/accountant.ts";
import { axe, expect, on, open, sms, test } from "../fixtures/page.ts";
import { mobile, person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";
import { seeing } from "../fixtures/staff.ts";

test("whoever holds the document appeals, and whoever gets the message freezes the account", async ({ page, browser, trouble }, info) => {
  // A link that was used is gone, which Chromium remarks on.
  trouble.expectTrouble(/status of 410/);
  test.setTimeout(180_000);
  const see = seeing(page, info.project.name);
  const own = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await own.goto("/hunan");
  const who = person("冯占用");
  const clerk = new Clerk(own);
  await clerk.register(who);

  const to = mobile();
  await test.step("from the sign-in: the number first, then the form with three pictures", async () => {
    await open(page, "/hunan/login", "登录");
    await page.getByRole("main").getByRole("link", { name: "账号申诉" }).click();
    await on(page, "账号申诉");
    await page.getByRole("textbox", { name: "手机号码" }).fill(to);
    await page.getByRole("textbox", { name: "图形验证码" }).fill(await captchaOf(page));
    await axe(page);
    await page.getByRole("button", { name: "发送验证码" }).click();
    await on(page, "账号申诉");
    await page.getByRole("button", { name: "提交申诉" }).click();
    await expect(page.getByRole("alert").getByRole("link", { name: "请选择您的情况" })).toBeVisible();
    await expect(page.getByRole("alert").getByRole("link", { name: "请上传本人手持证件的照片" })).toBeVisible();
    await see("appeal-faults");
    const { code } = await sms(page, to, (sms) => sms.purpose === "appeal" && sms.code !== null);
    await page.getByRole("textbox", { name: "短信验证码" }).fill(code ?? "");
    await page.getByRole("radio", { name: "账号不是本人注册的" }).check();
    await page.getByRole("textbox", { name: "姓名" }).fill("冯持证");
    await page.getByRole("textbox", { name: "证件号码" }).fill(who.identity);
    for (const [nth, label] of ["证件正面", "证件反面", "本人手持证件的照片"].entries()) {
      await page.getByLabel(label).setInputFiles(png(`${nth}.png`, nth + 1));
    }
    await axe(page);
    await page.getByRole("button", { name: "提交申诉" }).click();
    await on(page, "申诉已收到");
    await see("appeal-done");
  });

  const asked = await sms(page, who.mobile, (sms) => sms.purpose === "appeal_asked");
  expect(asked.text).not.toContain(to);
  const link = /(\/hunan\/not-me\/\S+)/.exec(asked.text)?.[1] ?? "";

  await test.step("the link shows a page, and its button freezes once", async () => {
    await open(page, link, "这不是我本人");
    await see("not-me");
    await axe(page);
    await page.getByRole("button", { name: "不是我本人，冻结账号" }).click();
    await on(page, "账号已冻结");
    await see("frozen-done");
    await open(page, link, "这不是我本人");
    await page.getByRole("button", { name: "不是我本人，冻结账号" }).click();
    await on(page, "没有冻结");
    await expect(page.getByRole("alert")).toContainText("链接已经失效");
  });

  await test.step("who signs in with the right password reads until when", async () => {
    const form = { "form[document_number]": who.identity, "form[password]": who.password, "form[captcha]": await clerk.captcha() };
    const answer = await clerk.post("/api/account/login/password", form);
    expect(answer.go).toMatch(/^\/hunan\/frozen\?until=\d+$/);
    await open(own, answer.go, "账号已冻结");
    await expect(own.getByRole("main")).toContainText("到时自动解除");
    await axe(own);
  });
});
