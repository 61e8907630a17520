import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { bmp, hugePng, pdf, png } from "../fixtures/pictures.ts";

const FRONT = "有效身份证照正面";
const PROOF = "会计专业技术资格证明";

test("without scripts the server converts, takes pages apart, and names the limit", async ({ page }) => {
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  await me.upload(FRONT, bmp());
  await expect(me.slot(FRONT).getByText(/800×600 像素/)).toBeVisible();
  await me.choose(FRONT, hugePng());
  await expect(me.slot(FRONT).getByText(/图片过大，最多 50 百万像素/)).toBeVisible();
  await me.choose(FRONT, { name: "照片.jpg", mimeType: "image/jpeg", buffer: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1") });
  await expect(me.slot(FRONT).getByText(/这是 HEIC 格式的照片.*兼容性最佳/)).toBeVisible();
  await axe(page);
  const proof = me.slot(PROOF);
  await me.choose(PROOF, pdf("资格证.pdf", 2));
  await on(page, "材料上传");
  await expect(proof.getByText("资格证.pdf")).toHaveCount(2);
  await me.upload(PROOF, png("第三张.png", 5, 900, 600));
  await proof.getByRole("button", { name: new RegExp(`^删除\\s*：${PROOF}（第 2 张，共 3 张）`) }).click();
  await on(page, "材料上传");
  await expect(proof.getByText("资格证.pdf")).toHaveCount(1);
  await expect(proof.getByText("第三张.png")).toBeVisible();
});
