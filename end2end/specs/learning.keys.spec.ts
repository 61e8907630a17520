import { Accountant, field } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { keys } from "../fixtures/hands.ts";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";

test("by keyboard alone a conversion is begun, answered, proven and handed in", async ({ page, browser, server }) => {
  test.setTimeout(300_000);
  await collected(page, browser, server, person());
  const { month } = openYear();
  const hands = keys(page);
  const me = new Accountant(page, hands);

  await open(page, "/hunan/learning/conversions/new", "继续教育学分折算");
  await hands.reach(page.getByRole("radio").first());
  const wanted = page.getByRole("radio", { name: KIND });
  for (let n = 0; n < 20 && !(await wanted.isChecked()); n++) await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeChecked();
  await hands.press(me.button("下一步"));
  await on(page, new RegExp(KIND));
  await hands.type(field(page, "论文题目"), "中小企业存货核算");
  await hands.type(field(page, "报刊名称"), "会计之友");
  await hands.type(field(page, "国内统一刊号"), "CN14-1063/F");
  await hands.pick(field(page, "作者排名"), "独立作者");
  await hands.type(field(page, "出版日期"), month);
  await hands.press(me.button("保存"));
  await expect(page.getByText("论文折算：独立作者 30 学分")).toBeVisible();
  await me.upload("论文封面、目录和正文首页", picture("封面.png", 7));
  await hands.press(page.getByRole("checkbox", { name: /作出上述承诺/ }));
  await hands.press(me.button("提交"));
  await expect(page.getByText("您不用做什么。")).toBeVisible();
});
