import { field } from "../fixtures/accountant.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { administratorPage, seeing } from "../fixtures/staff.ts";

const CODE = "91430102MA4P7Q8R8P";
const NAME = "长沙某某培训中心";

test("without JavaScript an institution is put on the list with a fault, once, and taken off it", async ({ browser, server }) => {
  const desk = await administratorPage(browser, server);
  const see = seeing(desk, "institutions-nojs");
  await open(desk, "/hunan/staff/schools", "网校管理");
  await desk.getByRole("link", { name: "培训机构", exact: true }).click();
  await on(desk, "培训机构");
  await see("empty");
  await desk.getByRole("button", { name: "列入名单", exact: true }).click();
  await expect(desk.getByRole("alert")).toContainText("统一社会信用代码");
  await field(desk, "统一社会信用代码").fill(`${CODE.slice(0, 17)}A`);
  await field(desk, "单位名称").fill(NAME);
  await desk.getByRole("button", { name: "列入名单", exact: true }).click();
  await expect(desk.getByRole("alert")).toContainText("统一社会信用代码");
  await expect(field(desk, "单位名称")).toHaveValue(NAME);
  await see("fault");
  await field(desk, "统一社会信用代码").fill(CODE);
  await desk.getByRole("button", { name: "列入名单", exact: true }).click();
  const line = desk.getByRole("listitem").filter({ hasText: NAME });
  await expect(line).toContainText("还没有单位管理员");
  await see("listed");
  await field(desk, "统一社会信用代码").fill(CODE);
  await field(desk, "单位名称").fill(NAME);
  await desk.getByRole("button", { name: "列入名单", exact: true }).click();
  await on(desk, "培训机构");
  await expect(line).toHaveCount(1);
  await line.getByRole("button", { name: /^移出名单/ }).click();
  await expect(line).toHaveCount(0);
  await desk.context().close();
});
