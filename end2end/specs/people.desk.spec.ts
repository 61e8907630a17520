import { field } from "../fixtures/accountant.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { administratorPage, seeing, totp } from "../fixtures/staff.ts";

const PASSWORD = "Lotus-Harbour-71";

test("an administrator makes a reviewer, who sets a password and a second factor and sees the desk", async ({ page, browser, server }) => {
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
  await desk.getByText("审核人员", { exact: true }).click();
  await field(desk, "财政局").selectOption({ label: "长沙市岳麓区财政局" });
  await desk.getByRole("button", { name: "添加" }).click();
  await on(desk, "孙岳麓（yuelu）");
  const box = desk.getByRole("region", { name: "启用口令只显示这一次" });
  const token = (await box.locator("strong").textContent()) ?? "";
  expect(token.length).toBeGreaterThan(40);
  await expect(desk.getByText("待启用")).toBeVisible();
  await see("people-token");
  await desk.reload();
  await on(desk, "孙岳麓（yuelu）");
  await expect(box).toHaveCount(0);
  expect(await desk.content()).not.toContain(token);

  const seeOwn = seeing(page, "desk");
  await open(page, "/hunan/staff/activate", "启用账号");
  await seeOwn("people-activate");
  await field(page, "启用口令").fill(token);
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
  await open(desk, "/hunan/staff/people?search=yuelu", "人员管理");
  await expect(desk.getByRole("row", { name: /孙岳麓/ })).toContainText("已绑定");
  await desk.getByRole("link", { name: "yuelu" }).click();
  await on(desk, "孙岳麓（yuelu）");
  await desk.getByRole("button", { name: "停用" }).click();
  await expect(desk.getByText("已停用")).toBeVisible();
  await axe(desk);
  await page.goto("/hunan/staff/queue");
  await on(page, "工作人员登录");

  // Switched on and reset, the old password is void, and there is a new token.
  await desk.getByRole("button", { name: "启用", exact: true }).click();
  await expect(desk.getByText("正常", { exact: true })).toBeVisible();
  await on(desk, "孙岳麓（yuelu）");
  await desk.getByRole("button", { name: "重置账号" }).click();
  await expect(box).toBeVisible();
  await expect(box.locator("strong")).not.toHaveText(token);
  await expect(desk.getByText("未绑定")).toBeVisible();
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
  await expect(desk.getByRole("button", { name: "停用" })).toHaveCount(0);
  await axe(desk);
});
