import { axe, expect, open, test } from "../fixtures/page.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

test("the ways of the staff stand in a rail at the side of a desk, and in one line on a telephone", async ({ browser, server }, info) => {
  const desk = await staffPage(browser, server, "yuhua");
  const see = seeing(desk, info.project.name);
  const rail = desk.getByRole("banner");
  const ways = desk.getByRole("navigation", { name: "主要导航" });
  const edges = async () => {
    const [side, main, foot] = await Promise.all([rail, desk.getByRole("main"), desk.getByRole("contentinfo")].map((one) => one.boundingBox()));
    return { side: side!, main: main!, foot: foot! };
  };
  await desk.setViewportSize({ width: 1366, height: 768 });
  await open(desk, "/hunan/staff/desk", "工作台");
  const wide = await edges();
  expect([wide.side.x, wide.side.y, wide.side.height]).toEqual([0, 0, 768]);
  expect(wide.main.x).toBeGreaterThanOrEqual(wide.side.width);
  expect(wide.foot.x).toBeGreaterThanOrEqual(wide.side.width);
  expect(wide.main.x + wide.main.width).toBeLessThanOrEqual(1366);
  await expect(ways.getByRole("link", { name: "工作台" })).toHaveAttribute("aria-current", "page");
  await expect(ways.getByRole("button", { name: "退出登录" })).toBeInViewport();
  await see("rail");
  await ways.getByRole("link", { name: "审核列表" }).click();
  await expect(ways.getByRole("link", { name: "审核列表" })).toHaveAttribute("aria-current", "page");

  // The letters of the display settings, which unfold upwards, move it above the page.
  await desk.locator(".menu > summary").filter({ hasText: "显示" }).click();
  await expect(desk.getByRole("button", { name: "特大字号" })).toBeInViewport({ ratio: 1 });
  await desk.getByRole("button", { name: "特大字号" }).click();
  const large = await edges();
  expect(large.main.y).toBeGreaterThanOrEqual(large.side.y + large.side.height - 1);
  await axe(desk);
  await desk.getByRole("button", { name: "标准字号" }).click();

  await desk.setViewportSize({ width: 390, height: 844 });
  await open(desk, "/hunan/staff/desk", "工作台");
  const narrow = await edges();
  expect(narrow.side.width).toBe(390);
  expect(narrow.main.y).toBeGreaterThanOrEqual(narrow.side.y + narrow.side.height - 1);
  expect(narrow.side.height).toBeLessThanOrEqual(128);
  await expect(ways.getByRole("button", { name: "退出登录" })).toBeInViewport({ ratio: 1 });
  await axe(desk);
  await see("rail-phone");
});
