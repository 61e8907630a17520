import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { signInByService } from "../fixtures/identity.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { encoded } from "../fixtures/photos.ts";
import { bmp, heavyPng, hugePng, pdf, png } from "../fixtures/pictures.ts";
import { resident, zhejiang } from "../fixtures/provinces.ts";

const FRONT = "有效身份证照正面";
const PROOF = "会计专业技术资格证明";

test("what the browser can open is made a JPG before it is sent", async ({ page }) => {
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  const front = me.slot(FRONT);
  await front.getByText("查看示例").click();
  await expect(front.getByText(/不超过 50 百万像素（渐进式 JPG 不超过 16 百万像素）/)).toBeVisible();
  await expect(front.locator("input[type=file]")).toHaveAttribute("accept", "image/*,application/pdf");
  const others = front.locator("button:visible, a.button:visible").filter({ hasNotText: "用手机拍照上传" });
  await expect(others, "one tile, one act").toHaveCount(0);
  const webp = await encoded(page, png("证件.png", 3, 900, 600).buffer, "image/webp");
  // Its content counts, not its name.
  for (const file of [{ name: "证件.webp", mimeType: "image/webp", buffer: webp }, { name: "微信图片.jpg", mimeType: "image/jpeg", buffer: webp }, bmp()]) {
    await me.choose(FRONT, file);
    await expect(front.getByText(`${file.name.split(".")[0]}.jpg`)).toBeVisible();
    await expect(front.locator(".tag")).toHaveText("已上传");
  }
  await expect(front.getByText(/800×600 像素/)).toBeVisible();
  await expect(front.getByText("校验码")).toHaveCount(0);
  await axe(page);
});

test("what is above the limits is made smaller on the machine", async ({ page }) => {
  test.slow();
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  const heavy = heavyPng("太重.png", 4 * 1024 * 1024);
  const large = { ...heavy, buffer: Buffer.concat([png("太重.png", 1, 900, 600).buffer.subarray(0, 33), heavy.buffer.subarray(33, 33 + 12 + 4 * 1024 * 1024), png("太重.png", 1, 900, 600).buffer.subarray(33)]) };
  await me.choose(FRONT, large);
  await expect(me.slot(FRONT).getByText("太重.jpg")).toBeVisible();
  await expect(me.slot(FRONT).getByText(/900×600 像素/)).toBeVisible();
  await me.choose(FRONT, hugePng());
  await expect(me.slot(FRONT).getByText("很大.jpg")).toBeVisible({ timeout: 60_000 });
  await expect(me.slot(FRONT).locator(".tag")).toHaveText("已上传");
});

test("each page of a PDF is a picture of its own, up to as many as the slot takes", async ({ page }) => {
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  const proof = me.slot(PROOF);
  await me.choose(FRONT, pdf("身份证.pdf", 2));
  await expect(me.slot(FRONT).getByText(/这个 PDF 有 2 页，这里还能放 1 张图片/)).toBeVisible();
  await me.choose(PROOF, pdf("资格证.pdf", 2));
  await expect(proof.getByText("资格证.pdf")).toHaveCount(2);
  await me.choose(PROOF, png("第三张.png", 5, 900, 600));
  await expect(proof.getByText("第三张.png")).toBeVisible();
  await me.choose(PROOF, pdf("又两页.pdf", 2));
  await expect(proof.getByText(/这个 PDF 有 2 页，这里还能放 1 张图片/)).toBeVisible();
  await proof.getByRole("button", { name: new RegExp(`^删除\\s*：${PROOF}（第 1 张，共 3 张）`) }).click();
  await on(page, "材料上传");
  await expect(proof.getByText("资格证.pdf")).toHaveCount(1);
  await axe(page);
  await me.choose(PROOF, pdf("又两页.pdf", 2));
  await expect(proof.getByText("又两页.pdf")).toHaveCount(2, { timeout: 30_000 });
  await expect(proof.getByLabel(/^再添加一张：/), "four are all").toBeHidden();
});

test("where only JPG is kept, a PNG is made one", async ({ page }) => {
  test.setTimeout(240_000);
  const place = zhejiang();
  const who = resident(place);
  const me = new Applicant(page, place);
  await me.arrive();
  await signInByService(page, who);
  await me.begin();
  await me.answer();
  await open(page, me.path("intake/files"), place.files);
  const slot = me.slot("全日制最高学历证书");
  await slot.getByText("正确上传示例").click();
  await expect(slot.getByText(/^JPG 格式的图片.*PNG、WebP、BMP、TIFF 图片和 PDF 会转换为 JPG/)).toBeVisible();
  await slot.getByLabel(/^上传：/).setInputFiles(png("毕业证.png", 7, 900, 600));
  await expect(slot.locator(".tag").first()).toHaveText("已上传");
  await expect(slot.getByText("毕业证.jpg")).toBeVisible();
});
