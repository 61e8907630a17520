import type { Page } from "@playwright/test";
import { field } from "../fixtures/accountant.ts";
import { axe, expect, on, open, sms, test } from "../fixtures/page.ts";
import { administratorPage, search, seeing, totp } from "../fixtures/staff.ts";

const PASSWORD = "Lotus-Harbour-71";
const MOBILE = "13812340001";
const token = async (page: Page, before = "") =>
  (await sms(page, MOBILE, (sms) => sms.purpose === "staff_token" && sms.code !== before)).code ?? "";

test("two administrators make a reviewer, who sets a password and a second factor and sees the desk", async ({ page, browser, server }) => {
  const desk = await administratorPage(browser, server);
  const see = seeing(desk, "desk");
  await expect(desk.getByRole("row", { name: /shengting/ })).toContainText("管理员");
  await see("people");
  await desk.getByRole("link", { name: "添加人员" }).click();
  await on(desk, "添加人员");
  await desk.getByRole("button", { name: "添加" }).click();
  await expect(desk.getByRole("alert")).toContainText("请填写用户名");
  await expect(desk.getByRole("alert")).toContainText("请从列表中选择财政局");
  await see("people-new-faults");
  await field(desk, "用户名").fill("yuelu");
  await field(desk, "姓名").fill("孙岳麓");
  await field(desk, "手机号码").fill(MOBILE);
  await field(desk, "身份证号码").fill("430111199003079988");
  await desk.getByText("审核人员", { exact: true }).click();
  await field(desk, "财政局").selectOption({ label: "长沙市岳麓区财政局" });
  await desk.getByRole("button", { name: "添加" }).click();
  await on(desk, "孙岳麓（yuelu）");
  await expect(desk.getByRole("region", { name: "等待第二个人同意" })).toContainText("需要另一位管理员同意");
  await expect(desk.getByText("待同意")).toBeVisible();
  await expect(desk.getByRole("button", { name: "同意", exact: true })).toHaveCount(0);
  await see("people-asked");

  const second = await administratorPage(browser, server, "qianguanli");
  await open(second, "/hunan/staff/people", "人员管理");
  await search(second, "yuelu");
  await second.getByRole("link", { name: "yuelu" }).click();
  await on(second, "孙岳麓（yuelu）");
  await expect(second.getByText("管理员赵省厅于")).toBeVisible();
  await seeing(second, "desk")("people-agree");
  await second.getByRole("button", { name: "同意", exact: true }).click();
  await expect(second.getByText("待启用")).toBeVisible();
  await on(second, "孙岳麓（yuelu）");
  const first = await token(page);
  expect(await second.content()).not.toContain(first);

  const seeOwn = seeing(page, "desk");
  await open(page, "/hunan/staff/activate", "启用账号");
  await seeOwn("people-activate");
  await field(page, "启用口令").fill(first);
  await field(page, "密码").fill("short");
  await field(page, "确认密码").fill("short");
  await page.getByRole("button", { name: "启用" }).click();
  await expect(page.getByRole("alert")).toContainText("密码至少 12 位，请加长");
  await axe(page);
  await field(page, "密码").fill(PASSWORD);
  await field(page, "确认密码").fill(PASSWORD);
  await page.getByRole("button", { name: "启用" }).click();
  await on(page, "工作人员登录");
  await field(page, "用户名").fill("yuelu");
  await field(page, "密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await on(page, "绑定动态口令");
  await seeOwn("people-bind");
  const secret = (await page.locator("strong.code").textContent()) ?? "";
  await field(page, "动态口令").fill(totp(secret.replace(/\s/g, "")));
  await page.getByRole("button", { name: "绑定" }).click();
  await on(page, "请保存恢复码");
  await seeOwn("people-recovery");
  await page.getByRole("button", { name: "我已保存" }).click();
  await on(page, "工作台");
  await expect(page.getByText("孙岳麓，长沙市岳麓区财政局")).toBeVisible();

  // Switched off, the reviewer is out with the next click.
  await open(desk, "/hunan/staff/people", "人员管理");
  await search(desk, "yuelu");
  await expect(desk.getByRole("row", { name: /孙岳麓/ })).toContainText("已绑定");
  await desk.getByRole("link", { name: "yuelu" }).click();
  await on(desk, "孙岳麓（yuelu）");
  // It is asked first, and says what follows.
  await expect(desk.getByRole("button", { name: "确认停用" })).toBeHidden();
  await desk.getByText("停用", { exact: true }).click();
  await expect(desk.getByText("立即退出登录，不能再登录")).toBeVisible();
  await axe(desk);
  await desk.getByRole("button", { name: "确认停用" }).click();
  await expect(desk.getByText("已停用")).toBeVisible();
  await axe(desk);
  await page.goto("/hunan/staff/queue");
  await on(page, "工作人员登录");

  // Switched on and reset, the old password is void, and a new token comes to the telephone.
  await desk.getByRole("button", { name: "启用", exact: true }).click();
  await expect(desk.getByText("正常", { exact: true })).toBeVisible();
  await on(desk, "孙岳麓（yuelu）");
  await desk.getByRole("button", { name: "申请重置账号" }).click();
  await expect(desk.getByText("待同意")).toBeVisible();
  await second.reload();
  await on(second, "孙岳麓（yuelu）");
  await second.getByRole("button", { name: "同意", exact: true }).click();
  await expect(second.getByText("待启用")).toBeVisible();
  await expect(second.getByText("未绑定")).toBeVisible();
  expect(await token(page, first)).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
});

test("an administrator has no desk, and nothing can be done to the own account", async ({ browser, server }) => {
  const desk = await administratorPage(browser, server);
  await desk.goto("/hunan/staff/desk");
  await expect(desk.getByText("这项内容不属于您的办理范围。")).toBeVisible();
  await axe(desk);
  await open(desk, "/hunan/staff/people", "人员管理");
  await desk.getByRole("link", { name: "shengting" }).click();
  await on(desk, "赵省厅（shengting）");
  await expect(desk.getByText("这是您自己的账号。")).toBeVisible();
  await expect(desk.getByText("停用", { exact: true })).toHaveCount(0);
  await axe(desk);
});
