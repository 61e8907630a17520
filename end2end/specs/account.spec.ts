import type { Page } from "@playwright/test";
import { Accountant, captchaOf, Clerk, field, solve, spokenOf } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, open, sms, smsCount, together as test } from "../fixtures/page.ts";
import { person, wrongCheckDigit, type Person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

// Two people who have an account from the beginning: a number gets one SMS a minute, and the last tests need the second.
let owner: Person;
let forgetful: Person;

test.beforeAll(async ({ browser }) => {
  owner = person("张所有");
  forgetful = person("赵忘记");
  for (const who of [owner, forgetful]) {
    const context = await browser.newContext();
    await new Clerk(await context.newPage()).register(who);
    await context.close();
  }
});

/** The summary is first, focused, and says at every field what it says itself; each line leads to its field. */
async function expectSummary(page: Page, lines: string[]) {
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^错误：/);
  await expect(summary.getByRole("heading")).toHaveText("提交的内容有问题");
  await expect(summary.getByRole("link")).toHaveText(lines);
  const isFirst = await summary.evaluate((box) => {
    const heading = document.querySelector("main h1");
    return !!heading && !!(box.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  expect(isFirst, "the summary stands above the heading").toBe(true);
  for (const [nth, line] of lines.entries()) {
    const link = summary.getByRole("link").nth(nth);
    const id = ((await link.getAttribute("href")) ?? "").slice(1);
    const control = page.locator(`[id="${id}"]`);
    await link.click();
    await expect(control, line).toBeFocused();
    await expect(control).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(`[id="${id}-error"]`)).toHaveText(`错误：${line}`);
    expect((await control.getAttribute("aria-describedby"))?.split(" ")).toContain(`${id}-error`);
  }
}

test("what is wrong with a registration stands in the summary and at the fields, in the same words", async ({ page }, info) => {
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  const who = person();
  await open(page, "/hunan/register", "注册");
  await me.button("注册").click();
  await expectSummary(page, [
    "请填写证件号码",
    "请填写姓名",
    "请填写密码",
    "请填写确认密码",
    "请填写手机号码",
    "请填写图形验证码",
    "请填写短信验证码",
  ]);
  await me.see("register-empty");

  await field(page, "证件号码").fill(wrongCheckDigit(who.identity));
  await field(page, "姓名").fill(who.name);
  await field(page, "密码").fill("abc");
  await field(page, "确认密码").fill("abd");
  await field(page, "手机号码").fill("12345678901");
  await field(page, "图形验证码").fill("AAAA");
  await field(page, "短信验证码").fill("12345");
  await me.button("注册").click();
  await expectSummary(page, [
    "证件号码的最后一位与前面的数字不符，请逐位核对",
    "密码至少 8 位，请加长",
    "两次填写的密码不一样，请重新填写确认密码",
    "手机号码应为 11 位数字，以 13 至 19 开头，请核对",
    "短信验证码是 6 位数字，请核对",
  ]);
  await expect(field(page, "姓名")).toHaveValue(who.name);
  await axe(page);

  // What people type in other widths and with blanks is taken as it is meant; old numbers are not.
  await field(page, "证件号码").fill("430111900307002");
  await me.button("注册").click();
  await expect(page.getByRole("alert").getByRole("link").first()).toHaveText("这是 15 位的旧号码，请填写 18 位身份证号码");
  const wide = [...who.identity].map((sign) => (/\d/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign.toLowerCase())).join("");
  await field(page, "证件号码").fill(` ${wide} `);
  await me.button("注册").click();
  await expect(page.getByRole("alert").getByRole("link").first()).toHaveText("密码至少 8 位，请加长");
});

test("the password's rule is a list that follows the typing", async ({ page }) => {
  await open(page, "/hunan/register", "注册");
  const line = (text: RegExp) => page.getByRole("listitem").filter({ hasText: text });
  await expect(line(/^至少 8 位/)).toContainText("未满足");
  await field(page, "密码").fill("abcdefgh");
  await expect(line(/^至少 8 位/)).toContainText(" 已满足");
  await expect(line(/^小写字母/)).toContainText(" 已满足");
  await expect(line(/^以上四种/)).toContainText("未满足");
  await field(page, "密码").fill("Abcdefg1");
  await expect(line(/^以上四种/)).toContainText(" 已满足");
  await expect(line(/^特殊符号/)).toContainText("未满足");
  const show = page.getByRole("button", { name: "显示密码" }).first();
  await expect(field(page, "密码")).toHaveAttribute("type", "password");
  await show.click();
  await expect(show).toHaveAttribute("aria-pressed", "true");
  await expect(field(page, "密码")).toHaveAttribute("type", "text");
});

test("what was typed into the registration is there again after a reload, but no secret", async ({ page }) => {
  await open(page, "/hunan/register", "注册");
  const who = person("何重载");
  await field(page, "证件号码").fill(who.identity);
  await field(page, "姓名").fill(who.name);
  await field(page, "密码").fill(who.password);
  await field(page, "手机号码").fill(who.mobile);
  await page.reload();
  await on(page, "注册");
  for (const [label, value] of [["证件号码", who.identity], ["姓名", who.name], ["手机号码", who.mobile], ["密码", ""]]) {
    await expect(field(page, label as string)).toHaveValue(value as string);
  }
  const other = await page.context().newPage();
  await open(other, "/hunan/register", "注册");
  await expect(field(other, "证件号码")).toHaveValue("");
});

test("a click draws another picture of characters", async ({ page }) => {
  await open(page, "/hunan/register", "注册");
  const first = await captchaOf(page);
  const picture = page.getByRole("img", { name: /^图形验证码/ });
  const address = await picture.getAttribute("src");
  await page.getByRole("link", { name: "看不清，换一张" }).click();
  await expect(picture).not.toHaveAttribute("src", address ?? "");
  await expect.poll(() => captchaOf(page)).not.toBe(first);
  await expect(page).toHaveURL(/\/register$/);
});

test("whoever cannot see the picture hears digits, which are an answer as good", async ({ page }) => {
  await open(page, "/hunan/register", "注册");
  await page.getByText("看不见图片，改听语音").click();
  const sound = page.getByLabel("语音验证码");
  await expect(sound).toBeVisible();
  const seconds = await sound.evaluate(async (audio: HTMLAudioElement) => {
    audio.load();
    audio.preload = "auto";
    await new Promise((done, broken) => {
      audio.onloadedmetadata = done;
      audio.onerror = broken;
    });
    return audio.duration;
  });
  expect(seconds).toBeGreaterThan(4);
  expect(seconds).toBeLessThan(10);
  const who = person();
  await field(page, "手机号码").fill(who.mobile);
  await field(page, "图形验证码").fill(await spokenOf(page));
  await page.getByRole("button", { name: "发送验证码" }).click();
  await sms(page, who.mobile);
  await axe(page);
});

test("after sending a code the button stays a button and counts down", async ({ page }) => {
  await page.clock.install();
  await open(page, "/hunan/register", "注册");
  const who = person();
  await field(page, "手机号码").fill(who.mobile);
  await field(page, "图形验证码").fill(await captchaOf(page));
  await page.getByRole("button", { name: "发送验证码" }).click();
  const button = page.getByRole("button", { name: /重新发送/ });
  await expect(button).toHaveText(/重新发送（还剩 \d\d 秒）/);
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toBeEnabled({ enabled: false });
  await sms(page, who.mobile);
  await button.focus();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await smsCount(page, who.mobile)).toBe(1);
  await page.clock.runFor(61_000);
  await expect(page.getByText("还剩 30 秒可以重新发送。")).toBeVisible();
  await axe(page);
  await page.clock.runFor(30_000);
  await expect(button).toHaveText("重新发送");
  await expect(button).not.toHaveAttribute("aria-disabled");
  await expect(page.getByText("现在可以重新发送验证码。")).toBeVisible();
  await expect(page.getByText("没有收到短信？")).toBeVisible();
});

test("a taken identity number opens nothing, and its owner is told", async ({ page }) => {
  const stranger = { ...person("李陌生"), identity: owner.identity };
  const me = new Accountant(page, pointer(page));
  await me.register(stranger, "注册信息已受理");
  await page.goto("/hunan/home");
  await on(page, "登录");
  const told = await sms(page, owner.mobile, (sms) => sms.purpose === "register_again");
  expect(told.text).toContain("有人使用您的证件号码办理注册");
});

test("five wrong passwords close the door for a while, also for the right one", async ({ page }, info) => {
  const who = person("钱锁定");
  const clerk = new Clerk(page);
  await clerk.register(who);
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await open(page, "/hunan/login", "登录");
  await field(page, "证件号码").fill(who.identity);
  const piece = page.locator(".slider__picture image").first();
  const attempt = async (password: string) => {
    await field(page, "密码").fill(password);
    await solve(page, me.hands);
    const before = (await piece.getAttribute("href")) ?? "";
    await me.button("登录").click();
    await expect(page.getByRole("alert")).toBeVisible();
    // Whatever was wrong, the next try has another puzzle.
    await expect(piece).not.toHaveAttribute("href", before);
  };
  for (let n = 0; n < 5; n++) {
    await attempt(`Wrong#Password${n}`);
    await expect(page.getByRole("alert")).toContainText("证件号码与密码不匹配，请核对后重试");
  }
  await me.see("login-wrong");
  await attempt(who.password);
  await expect(page.getByRole("alert")).toContainText(/尝试次数过多，为保护账号安全暂停登录，请在[今明]天 \d\d:\d\d之后再试/);
  await me.see("login-locked");
});

test("the picture of characters can be used instead of the slider", async ({ page }) => {
  const who = person("孙图形");
  await new Clerk(page).register(who);
  await open(page, "/hunan/login", "登录");
  await page.getByRole("button", { name: "改用图形验证码" }).click();
  await expect(page.getByRole("slider")).toHaveCount(0);
  await field(page, "证件号码").fill(who.identity);
  await field(page, "密码").fill(who.password);
  await field(page, "图形验证码").fill(await captchaOf(page));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await on(page, "个人中心");
  await page.getByRole("button", { name: "退出登录" }).click();
  await on(page, "湖南省会计管理服务平台");
  await page.goto("/hunan/home");
  await on(page, "登录");
  await expect(page.getByText("请先登录。已保存的内容都在，登录后可以继续。")).toBeVisible();
});

/** Asks for a code until the minute since the last one to this number is over. */
async function sendCode(page: Page, purpose: string, mobile: string): Promise<string> {
  await expect(async () => {
    await field(page, "图形验证码").fill(await captchaOf(page));
    await page.getByRole("button", { name: "发送验证码" }).click();
    await expect(page.getByText("验证码已发送，请查看手机短信。")).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000, intervals: [2_000, 5_000] });
  return (await sms(page, mobile, (sms) => sms.purpose === purpose)).code ?? "";
}

test("a forgotten password is set anew in three steps", async ({ page }, info) => {
  test.setTimeout(180_000);
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await open(page, "/hunan/login", "登录");
  await page.getByRole("link", { name: "忘记密码" }).click();
  await on(page, "忘记密码");
  await me.see("forgot-1");
  await field(page, "证件号码").fill(forgetful.identity);
  await field(page, "图形验证码").fill(await captchaOf(page));
  await me.button("下一步").click();
  await expect(page.getByText("如果这个证件号码已经注册，验证码会发送到")).toBeVisible();
  await on(page, "忘记密码");
  await me.see("forgot-2");
  const code = await sendCode(page, "password_reset", forgetful.mobile);
  await field(page, "短信验证码").fill(code === "000000" ? "000001" : "000000");
  await me.button("下一步").click();
  await expect(page.getByRole("alert")).toContainText("短信验证码不正确，还可以再试 4 次");
  await field(page, "短信验证码").fill(code);
  await me.button("下一步").click();
  await expect(field(page, "新密码")).toBeVisible();
  await on(page, "忘记密码");
  await me.see("forgot-3");
  await field(page, "新密码").fill("password");
  await field(page, "确认新密码").fill("password");
  await me.button("下一步").click();
  await expect(page.getByRole("alert")).toContainText("密码需要包含");
  const password = "Qing7-Shan8#Lv";
  await field(page, "新密码").fill(password);
  await field(page, "确认新密码").fill(password);
  await me.button("下一步").click();
  await on(page, "登录");
  await expect(page.getByText("密码已经修改，请用新密码登录。")).toBeVisible();
  await me.see("login-reset");
  await sms(page, forgetful.mobile, (sms) => sms.purpose === "password_changed");
  await me.signIn({ ...forgetful, password });
});

test("a mobile number and a code open the account", async ({ page }, info) => {
  test.setTimeout(180_000);
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await open(page, "/hunan/login", "登录");
  await page.getByRole("link", { name: "手机登录" }).click();
  await expect(field(page, "手机号码")).toBeVisible();
  await me.see("login-mobile");
  await field(page, "手机号码").fill(owner.mobile);
  await expect(async () => {
    await solve(page, me.hands);
    await me.button("发送验证码").click();
    await expect(page.getByText("验证码已发送，请查看手机短信。")).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000, intervals: [2_000, 5_000] });
  // What was answered for the code is not asked for again.
  await expect(page.getByRole("slider")).toBeHidden();
  const { code } = await sms(page, owner.mobile, (sms) => sms.purpose === "login");
  await field(page, "短信验证码").fill(code ?? "");
  await me.button("登录").click();
  await on(page, "个人中心");
  await expect(page.getByRole("banner")).toContainText(owner.name);
});
