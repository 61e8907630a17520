import { Accountant, field } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

test("somebody without an account and a telephone is enrolled and filled in for at the counter", async ({ browser, server }) => {
  test.setTimeout(240_000);
  const who = person("王大伟");
  const desk = await staffPage(browser, server, "yuhua");
  const see = seeing(desk, "desk");
  const me = new Accountant(desk, pointer(desk));
  const seen = () => desk.getByRole("checkbox", { name: /已当面核对本人证件原件/ });
  const bar = desk.getByRole("region", { name: "窗口代为填写" });

  await open(desk, "/hunan/staff/counter", "窗口办理");
  await field(desk, "证件号码").fill(who.identity);
  await desk.getByRole("button", { name: "查找" }).click();
  await expect(desk.getByText("没有账号登记这个证件")).toBeVisible();
  await see("counter-nobody");
  await desk.getByRole("link", { name: "登记账号" }).click();
  await on(desk, "登记账号");
  await expect(desk.getByText(who.identity)).toHaveCount(0);
  await field(desk, "手机号码").fill("139");
  await desk.getByRole("button", { name: "登记账号" }).click();
  await expect(desk.getByRole("alert").first()).toContainText("手机号码应为 11 位数字");
  await see("counter-enrol-faults");
  await field(desk, "手机号码").fill("");
  await field(desk, "姓名").fill(who.name);
  await field(desk, "原因").fill("本人年事已高，没有手机");
  await seen().check();
  await desk.getByRole("button", { name: "登记账号" }).click();
  await on(desk, "窗口办理");
  await expect(desk.getByRole("status").filter({ hasText: "账号已登记" })).toBeVisible();
  await expect(desk.getByRole("region", { name: who.name })).toContainText("没有登记");

  const begin = async () => {
    await desk.getByRole("link", { name: "代为填写", exact: true }).click();
    await on(desk, "代为填写");
    await field(desk, "原因").fill("本人年事已高，没有手机");
    await seen().check();
    await desk.getByRole("button", { name: "开始代为填写" }).click();
    await on(desk, "信息采集");
  };
  await begin();
  await expect(bar).toContainText("正在为 王*伟 代为填写（窗口办理）");
  await see("filling-in-hub");
  await expect(desk.getByRole("navigation", { name: "主要导航" }).getByRole("link")).toHaveCount(1);
  await me.link("开始办理").click();
  await on(desk, "采集须知");
  await desk.getByRole("checkbox", { name: /^本人承诺/ }).check();
  await me.button("下一步").click();
  await on(desk, "个人基本信息");
  await see("filling-in-step");

  // What was typed a moment before it was ended is there afterwards.
  const address = "韶山中路 9 号 1 栋 101 室";
  await field(desk, "详细地址").fill(address);
  await bar.getByRole("button", { name: "结束代为填写" }).click();
  await on(desk, "窗口办理");
  await expect(desk.getByRole("region", { name: who.name })).toBeVisible();
  await begin();
  await open(desk, "/hunan/intake/person", "个人基本信息");
  await expect(field(desk, "详细地址")).toHaveValue(address);

  const all = application();
  await me.answer(all);
  await expect(desk.getByRole("button", { name: /用手机拍照上传/ })).toHaveCount(0);
  await me.uploadAll(all);
  await expect(desk.getByRole("button", { name: "确认并提交审核" })).toHaveCount(0);
  await see("filling-in-check");
  await open(desk, "/hunan/settings", "暂时打不开这个页面");
  await expect(desk.getByText("这项操作由本人办理，不能代办。")).toBeVisible();
  await see("filling-in-settings");
  await desk.getByRole("link", { name: "继续填写" }).click();
  await on(desk, "信息采集");
  await open(desk, "/hunan/intake/check", "信息核对与提交");
  await desk.getByRole("main").getByRole("button", { name: "回到窗口办理" }).click();
  await on(desk, "窗口办理");
  await expect(desk.getByRole("link", { name: "代为提交申请" })).toBeVisible();
  await see("counter-filled-in");
});

test("a late save hears that filling in is over, and the person with a telephone is told of it", async ({ page, browser, server }) => {
  test.setTimeout(120_000);
  const who = person("陈代填");
  await new Accountant(page, pointer(page)).register(who);
  const desk = await staffPage(browser, server, "yuhua");
  await open(desk, "/hunan/staff/counter", "窗口办理");
  await field(desk, "证件号码").fill(who.identity);
  await desk.getByRole("button", { name: "查找" }).click();
  await desk.getByRole("link", { name: "代为填写", exact: true }).click();
  await on(desk, "代为填写");
  await desk.getByRole("button", { name: "开始代为填写" }).click();
  await expect(desk.getByRole("alert").first()).toContainText("请阅读并勾选证件核对");
  await field(desk, "原因").fill("本人不会使用手机填写");
  await desk.getByRole("checkbox", { name: /已当面核对本人证件原件/ }).check();
  await desk.getByRole("button", { name: "开始代为填写" }).click();
  await on(desk, "信息采集");
  await desk.getByRole("main").getByRole("link", { name: "开始办理" }).click();
  await desk.getByRole("checkbox", { name: /^本人承诺/ }).check();
  await desk.getByRole("button", { name: "下一步" }).click();
  await on(desk, "个人基本信息");
  await sms(page, who.mobile, (sms) => sms.purpose === "counter_fill_in");

  // Another tab ends it while this one is typed in.
  const tab = await desk.context().newPage();
  await open(tab, "/hunan/intake", "信息采集");
  await tab.getByRole("button", { name: "结束代为填写" }).click();
  await on(tab, "窗口办理");
  await field(desk, "详细地址").fill("韶山中路 7 号");
  await expect(desk.getByText("代为填写已经结束，这次的内容没有保存。").first()).toBeVisible();
  await expect(field(desk, "详细地址")).toHaveValue("韶山中路 7 号");
});
