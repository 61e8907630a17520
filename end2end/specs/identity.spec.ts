import { answerAtService, atService, leaveService, registerAtService, signInByService, toService, zhejiangPerson } from "../fixtures/identity.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { startServer } from "../fixtures/server.ts";

test("a person of Zhejiang signs in by the identity service, leaves, and comes back without typing", async ({ page }) => {
  const who = zhejiangPerson();
  await open(page, "/zhejiang/login", "登录");
  await axe(page);
  await toService(page);
  await axe(page);
  await answerAtService(page, who);
  await on(page, "登记须知");
  expect(new URL(page.url()).search).toBe("");
  await open(page, "/zhejiang/home", "个人中心");
  const main = page.getByRole("main");
  await expect(main).toContainText(who.name);
  await expect(main).toContainText(`${who.identity.slice(0, 6)}********${who.identity.slice(-4)}`);
  await expect(main).not.toContainText(who.identity);
  await expect(main).toContainText("姓名、手机号码和证件信息来自浙江政务服务网，如有错误请到浙江政务服务网更正，或者拨打 0571-88808880。");
  await axe(page);

  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByRole("status").filter({ hasText: "浙江政务服务网的登录可能仍然有效" })).toBeVisible();
  await axe(page);
  // 十天之内免登录 is the service's: it asks nothing, and our session is a new one.
  await open(page, "/zhejiang/login", "登录");
  await page.getByRole("main").getByRole("link", { name: "登录", exact: true }).click();
  await on(page, "登记须知");
});

test("name and mobile number follow the identity service, whoever had the number before", async ({ page }) => {
  const who = zhejiangPerson();
  await signInByService(page, who);
  await page.context().clearCookies();
  const renamed = { ...who, name: "陈更名", mobile: zhejiangPerson().mobile };
  await signInByService(page, renamed);
  await expect(page.getByRole("main")).toContainText("陈更名");
  await expect(page.getByRole("main")).toContainText(`${renamed.mobile.slice(0, 3)}****${renamed.mobile.slice(-4)}`);
  await page.context().clearCookies();
  await signInByService(page, { ...zhejiangPerson("王他人"), mobile: renamed.mobile });
  await expect(page.getByRole("main")).toContainText("王他人");
  // The one before comes again with the number of today, and is told what happened.
  await page.context().clearCookies();
  await signInByService(page, { ...renamed, mobile: zhejiangPerson().mobile });
  await open(page, "/zhejiang/messages", "站内信");
  await expect(page.getByText("手机号码已不属于您的账号").first()).toBeVisible();
  await axe(page);
});

test("whoever says no at the identity service, or finds it silent, reads what to do", async ({ page }) => {
  await toService(page);
  await page.getByRole("button", { name: "取消" }).click();
  await on(page, "登录");
  await expect(page.getByRole("status").filter({ hasText: "您在浙江政务服务网取消了登录" })).toBeVisible();
  await leaveService(page);
  // A port on which nobody listens.
  const lonely = await startServer({ IDENTITY_ISSUER: "http://127.0.0.1:9" });
  try {
    await page.goto(`${lonely.url}/zhejiang/login`);
    await on(page, "登录");
    await page.getByRole("main").getByRole("link", { name: "登录", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "暂时没有应答" })).toBeVisible();
    await axe(page);
  } finally {
    await lonely.stop();
    lonely.remove();
  }
});

test("whoever has no account registers at the identity service, comes back and signs in", async ({ page }) => {
  const who = zhejiangPerson("陈新来");
  await open(page, "/zhejiang", /./);
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: /^登录/ })).toBeVisible();
  await axe(page);
  await main.getByRole("link", { name: /^注册/ }).click();
  const username = await registerAtService(page, who);
  await page.getByRole("link", { name: "返回办事页面" }).click();
  await on(page, "登录");
  await expect(page.getByRole("status").filter({ hasText: "完成注册和实名认证的，请点击“登录”" })).toBeVisible();
  await axe(page);
  await main.getByRole("link", { name: "登录", exact: true }).click();
  await page.getByLabel("用户名/手机号码/身份证").fill(username);
  await page.getByLabel("请输入密码").fill("wrong-one-1");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("账号或者密码不正确");
  await page.getByLabel("用户名/手机号码/身份证").fill(username);
  await page.getByLabel("请输入密码").fill(who.password);
  await page.getByLabel("十天之内免登录").check();
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await on(page, "登记须知");
  await open(page, "/zhejiang/home", "个人中心");
  await expect(main).toContainText("陈新来");
  await main.getByRole("link", { name: "浙江政务服务网用户中心" }).click();
  await atService(page, "用户中心");
  await page.getByRole("link", { name: "返回办事页面" }).click();
  await expect(page.getByRole("navigation", { name: "主要导航" })).toContainText("个人中心");
});

test("whoever acts for a legal person manages the unit at once, and a second one is told who helps", async ({ page }) => {
  const unit = { name: "杭州断桥某某有限公司", code: "91330106MA2K9T8U3L" };
  const asLegal = async (who: ReturnType<typeof zhejiangPerson>) => {
    await toService(page);
    await page.getByRole("link", { name: "法人用户登录" }).click();
    await atService(page, "法人用户登录");
    await axe(page);
    const typed = (label: string) => page.getByLabel(label, { exact: true });
    await typed("单位名称").fill(unit.name);
    await typed("统一社会信用代码").fill(unit.code);
    await typed("经办人姓名").fill(who.name);
    await typed("经办人手机号码").fill(who.mobile);
    await typed("经办人证件号码").fill(who.identity);
    await page.getByRole("button", { name: "以此法人登录" }).click();
    await on(page, "单位管理");
  };
  const first = zhejiangPerson("陈经办");
  await asLegal(first);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: unit.name })).toBeVisible();
  await expect(main).toContainText("起是该单位的单位管理员。");
  await expect(main).not.toContainText("信息采集审核通过以后，才能申请成为单位管理员。");
  await axe(page);
  await page.getByRole("link", { name: /^单位内部培训：备案和结果/ }).click();
  await on(page, "单位内部培训");
  await axe(page);

  await page.context().clearCookies();
  await asLegal(zhejiangPerson("林经办"));
  await expect(page.getByRole("status").filter({ hasText: "该单位已有单位管理员，现在不能申请。" })).toBeVisible();
  await expect(main.getByRole("heading", { name: unit.name })).toHaveCount(0);
  await axe(page);
});

test("what the identity service of the demo does not have, it says", async ({ page }) => {
  await toService(page);
  for (const [link, said] of [
    ["支付宝登录", "演示中没有支付宝登录"],
    ["忘记密码?", "演示中不能找回密码"],
  ] as const) {
    await page.getByRole("link", { name: link }).click();
    await expect(page.getByRole("status")).toContainText(said);
    await axe(page);
    await page.getByRole("link", { name: "个人用户登录" }).click();
  }
  await page.getByRole("link", { name: "立即注册账号" }).click();
  await atService(page, "注册");
  await page.getByRole("link", { name: "试试绿色通道" }).click();
  await expect(page.getByRole("status")).toContainText("演示中没有绿色通道");
  await page.getByRole("link", { name: "返回注册" }).click();
  await page.getByRole("button", { name: "注册", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("请阅读并同意《浙江政务服务网注册协议》");
  await axe(page);
});
