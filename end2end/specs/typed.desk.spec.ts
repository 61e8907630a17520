import type { Page } from "@playwright/test";
import { captchaOf, characters, field, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, sms, test } from "../fixtures/page.ts";
import { mobile, person } from "../fixtures/people.ts";
import { RETURNED, returned } from "../fixtures/returned.ts";
import { administratorPage, openCase, staffPage } from "../fixtures/staff.ts";

/** A page with a form that does not save itself, and something typed into one of its fields. */
interface Place {
  path: string;
  heading: string | RegExp;
  label: string;
  text: string;
}

/** The box of a text; 待办 of a return and their boxes have the same name, which a label alone would not tell apart. */
const box = (page: Page, label: string) => page.getByRole("textbox", { name: new RegExp(`^${label}\\s*(\\*|（选填）)?\\s*$`) });
const back = (page: Page) => page.getByRole("status").filter({ hasText: "已恢复您刚才在本页填写、还没有提交的内容" });
const kept = (page: Page) => page.evaluate(() => Object.entries(sessionStorage).filter(([key]) => key.startsWith("typed:")));

/** The ways to leave a page while typing; each ends anywhere else, or on the same page anew. */
const LEAVES: [string, (page: Page) => Promise<unknown>][] = [
  ["a link", (page) => page.locator("header a:visible").first().click()],
  ["Back", (page) => page.goBack()],
  ["a reload", (page) => page.reload()],
];

/** Types, leaves and comes back, by each way of leaving; `before` is a page to come from. */
async function expectKept(page: Page, { path, heading, label, text }: Place, before: [string, string | RegExp]) {
  for (const [nth, [how, leave]] of LEAVES.entries()) {
    await open(page, ...before);
    await open(page, path, heading);
    const typed = text + "一二三"[nth];
    await box(page, label).fill(typed);
    await leave(page);
    await page.waitForLoadState();
    await open(page, path, heading);
    await expect(box(page, label), `${path} after ${how}`).toHaveValue(typed);
    await expect(back(page).first()).toBeVisible();
  }
}

test("what an accountant typed comes back to them alone, without a secret, until it is sent or they sign out", async ({ page, context }) => {
  test.setTimeout(180_000);
  const who = person();
  await signedIn(page, who);
  const email = { path: "/hunan/settings/email", heading: "更改电子邮箱", label: "电子邮箱", text: "zhang.san@example.com" };
  await expectKept(page, email, ["/hunan/settings", "账号设置"]);
  await field(page, "登录密码").fill(who.password);
  const held = JSON.stringify(await kept(page));
  expect(held).toContain("zhang.san@example.com");
  expect(held, "no password is kept").not.toContain(who.password);

  // Another person on the same tab sees nothing of it, and it still waits for the first one.
  const cookies = await context.cookies();
  await context.clearCookies();
  await signedIn(page, person("王另外"));
  await open(page, email.path, email.heading);
  await expect(field(page, "电子邮箱")).toHaveValue("");
  await expect(back(page)).toHaveCount(0);
  await context.clearCookies();
  await context.addCookies(cookies);
  await open(page, email.path, email.heading);
  await expect(field(page, "电子邮箱")).toHaveValue(/^zhang/);

  await field(page, "电子邮箱").fill("zhang.san@example.com");
  await field(page, "登录密码").fill(who.password);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await on(page, "账号设置");
  await open(page, email.path, email.heading);
  await expect(field(page, "电子邮箱"), "it was sent").toHaveValue("");

  await field(page, "电子邮箱").fill("li.si@example.com");
  expect(await kept(page)).not.toEqual([]);
  await page.getByRole("button", { name: "退出登录" }).click();
  await on(page, "湖南省会计管理服务平台");
  expect(await kept(page)).toEqual([]);
});

test("what was typed into the list of a return and into an explanation comes back", async ({ page, browser, server }) => {
  test.setTimeout(300_000);
  await returned(page, browser, server, person());
  const { answer, place } = RETURNED;
  const before: [string, string] = ["/hunan/home", "个人中心"];
  const list = "/hunan/intake/amend";
  await expectKept(page, { path: list, heading: "需要修改 3 项", label: answer.label, text: "财务管理" }, before);
  await page.getByRole("group", { name: answer.label, exact: true }).getByRole("button", { name: /^保存/ }).click();
  await on(page, "需要修改 3 项");
  await expect(box(page, answer.label)).toHaveValue("财务管理三");
  await expect(back(page), "it was saved").toHaveCount(0);
  await page.getByRole("group", { name: place.label, exact: true }).getByRole("link", { name: /^内容无误，不需要修改/ }).click();
  await on(page, "说明内容无误");
  const path = new URL(page.url()).pathname;
  await expectKept(page, { path, heading: "说明内容无误", label: "说明", text: "学校更名以前的名称" }, before);
});

test("what a visitor typed for another telephone comes back, before the code and after it", async ({ page }) => {
  test.setTimeout(180_000);
  const title = "手机号更换申请";
  const path = "/hubei/phone-change";
  const to = mobile();
  const number = { path, heading: title, label: "新手机号码", text: to.slice(0, 10) };
  await expectKept(page, number, ["/hubei/login", "登录"]);
  await field(page, "新手机号码").fill(to);
  await characters(page).fill(await captchaOf(page));
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByText("验证码已发送到")).toBeVisible();
  const { code } = await sms(page, to, (sms) => sms.purpose === "phone_change" && sms.code !== null);
  await field(page, "短信验证码").fill(code ?? "");
  await expectKept(page, { path, heading: title, label: "姓名", text: "张三丰" }, ["/hubei/login", "登录"]);
  await expect(field(page, "短信验证码"), "a code is no text").toHaveValue("");
});

test("what a visitor typed is gone after ten minutes, by a button, and once anybody signs in", async ({ page }) => {
  test.setTimeout(180_000);
  const who = person();
  const register = { path: "/hunan/register", heading: "注册", label: "姓名", text: "张三丰" };
  const type = async () => {
    await open(page, register.path, register.heading);
    await field(page, "证件号码").fill(who.identity);
    await field(page, "手机号码").fill(who.mobile);
    await field(page, "姓名").fill(who.name);
  };
  const expectNothing = async () => {
    expect(await kept(page)).toEqual([]);
    await open(page, register.path, register.heading);
    for (const label of ["证件号码", "手机号码", "姓名"]) await expect(field(page, label)).toHaveValue("");
    await expect(back(page)).toHaveCount(0);
  };
  await expectKept(page, register, ["/hunan/login", "登录"]);
  await type();
  await page.reload();
  await on(page, register.heading);
  await expect(field(page, "手机号码")).toHaveValue(who.mobile);
  await expect(back(page)).toBeVisible();
  await axe(page);
  for (const [key] of await kept(page)) expect(key).toMatch(/^typed:v[0-9a-f]{8} /);

  await page.getByRole("button", { name: "不是您填写的？清除" }).click();
  await expect(page.getByRole("status").filter({ hasText: "已经清除" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  for (const label of ["证件号码", "手机号码", "姓名"]) await expect(field(page, label)).toHaveValue("");
  await expectNothing();

  // Ten minutes later, on a page that has no form.
  await type();
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(sessionStorage).filter(([key]) => key.startsWith("typed:"))) {
      const [at, typed] = JSON.parse(text as string) as [number, unknown];
      sessionStorage.setItem(key, JSON.stringify([at - 10 * 60_000 - 1, typed]));
    }
  });
  expect(await kept(page)).not.toEqual([]);
  await open(page, "/hunan/hotlines", "咨询电话");
  await expectNothing();

  // Somebody else signs in on the same tab, and out again.
  await type();
  await open(page, "/hunan/hotlines", "咨询电话");
  expect(await kept(page)).not.toEqual([]);
  await signedIn(page, person("王另外"));
  await open(page, "/hunan/home", "个人中心");
  expect(await kept(page)).toEqual([]);
  await page.getByRole("button", { name: "退出登录" }).click();
  await on(page, "湖南省会计管理服务平台");
  await expectNothing();
});

test("what the staff typed comes back: contacts, people, the counter and a case", async ({ page, browser, server }) => {
  test.setTimeout(420_000);
  const who = person();
  const clerk = await signedIn(page, who);
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();

  const admin = await administratorPage(browser, server);
  const people: [string, string] = ["/hunan/staff/people", "人员管理"];
  const places: Place[] = [
    { path: "/hunan/staff/people/new", heading: "添加人员", label: "用户名", text: "yuelu" },
    { path: "/hunan/staff/hotlines/430111", heading: "长沙市雨花区财政局的联系方式", label: "办公地址", text: "韶山中路 1 号" },
  ];
  for (const place of places) await expectKept(admin, place, people);
  // What somebody else wrote meanwhile stands, and what was typed is shown beside it.
  const { path, heading, label } = places[1];
  const other = await administratorPage(browser, server, "qianguanli");
  await open(other, path, heading);
  await field(other, label).fill("人民中路 9 号");
  await other.getByRole("button", { name: "保存" }).click();
  await on(other, "咨询电话");
  await open(admin, path, heading);
  await expect(field(admin, label)).toHaveValue("人民中路 9 号");
  await expect(admin.getByRole("status").filter({ hasText: "本页的内容在别处改过" })).toContainText("韶山中路 1 号三");

  const desk = await staffPage(browser, server, "yuhua");
  const work: [string, string] = ["/hunan/staff/desk", "工作台"];
  await open(desk, "/hunan/staff/counter", "窗口办理");
  await field(desk, "证件号码").fill(who.identity);
  await desk.getByRole("button", { name: "查找" }).click();
  await desk.getByRole("link", { name: "更换手机号码" }).click();
  await on(desk, "更换手机号码");
  const counter = new URL(desk.url());
  const correction = { path: counter.pathname + counter.search, heading: "更换手机号码", label: "原因", text: "原号码已停用" };
  await expectKept(desk, correction, work);
  await expect(desk.getByRole("checkbox", { name: /已当面核对/ })).not.toBeChecked();

  await openCase(desk, number, who.name);
  const opened = new URL(desk.url()).pathname;
  const decision = { path: opened, heading: `${who.name}的信息采集申请`, label: "退回说明", text: "请补充学历证书" };
  await expectKept(desk, decision, work);
});

test("what was typed into a page without the program comes back too, until it was taken or they sign out", async ({ page }) => {
  test.setTimeout(120_000);
  await signedIn(page, person());
  const asked = page.getByLabel("问题", { exact: true });
  const ask = async () => {
    await page.goto("/hunan/questions");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("咨询");
  };
  let typed = "";
  for (const [nth, [how, leave]] of LEAVES.entries()) {
    await open(page, "/hunan/home", "个人中心");
    await ask();
    typed = `照片传到一半就停了${"一二三"[nth]}`;
    await asked.fill(typed);
    await leave(page);
    await page.waitForLoadState();
    await ask();
    await expect(asked, `after ${how}`).toHaveValue(typed);
    await expect(back(page)).toBeVisible();
  }
  await axe(page);

  // Refused, it is in the form; left then, it comes back all the same.
  await page.getByLabel("图片（选填）").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("请重新选择图片");
  await expect(asked).toHaveValue(typed);
  await expect(back(page), "it was never away").toHaveCount(0);
  await open(page, "/hunan/home", "个人中心");
  await ask();
  await expect(asked).toHaveValue(typed);

  // Taken, it is gone.
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("已提交。答复会在站内信中告知您");
  await expect(asked).toHaveValue("");
  await ask();
  await expect(asked).toHaveValue("");
  expect(await kept(page)).toEqual([]);

  await asked.fill("还有一个问题");
  expect(await kept(page)).not.toEqual([]);
  await page.getByRole("button", { name: "退出登录" }).click();
  await on(page, "湖南省会计管理服务平台");
  expect(await kept(page)).toEqual([]);
});
