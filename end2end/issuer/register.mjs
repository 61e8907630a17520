// 注册 at the service (浙江手册 注册): 1 创建账号, 2 实名认证, 3 注册完成. Nothing is sent: the code stands on the page.
import { randomBytes, randomInt } from "node:crypto";
import { create, isTaken } from "./accounts.mjs";
import { DEMO, alert, escape, input, kinds, page } from "./pages.mjs";
import { check, isResident } from "./people.mjs";

const STEPS = ["创建账号", "实名认证", "注册完成"];
const TITLE = "注册";
const MOST = 1000;
/** Registrations on their way, by the word in their address. */
const drafts = new Map();

/** Back to a sign-in that waits, or to the province that led here; nowhere else. */
export const isOurs = (address) => /^http:\/\/(127\.0\.0\.1|localhost):\d+\/[a-z]+(\/login(\?registered=1)?)?$/.test(address ?? "");

function begin({ uid, goto, account = null }) {
  if (drafts.size >= MOST) drafts.delete(drafts.keys().next().value);
  const token = randomBytes(12).toString("base64url");
  const back = uid ? `/interaction/${encodeURIComponent(uid)}` : isOurs(goto) ? goto : null;
  drafts.set(token, { back, account, picture: picture(), code: null, phone: null });
  return token;
}

/** An account without 实名认证 goes on with it; answers where. */
export const goOn = (uid, account) => `/register/${begin({ uid, account })}`;

const picture = () => Array.from({ length: 4 }, () => "ABCDEFGHJKMNPQRSTUVWXY3456789"[randomInt(29)]).join("");

const steps = (at) =>
  `<ol class="steps">${STEPS.map((name, n) => `<li${n === at ? ' aria-current="step"' : ""}>${n + 1} ${name}</li>`).join("")}</ol>`;

const password = (name, label) =>
  `<label for="${name}">${label}</label><input id="${name}" name="${name}" type="password" autocomplete="off">`;

function first(token, draft, typed = {}, faults = []) {
  const sent = draft.code ? `<p role="status">演示中不发送短信。发到 ${escape(draft.phone)} 的验证码是 ${draft.code}。</p>` : "";
  return page(
    TITLE,
    `${DEMO}${steps(0)}${alert(faults)}${sent}
<form method="post" action="/register/${token}">
${input("username", "请输入用户名", typed, 'aria-describedby="username-rule"')}<p id="username-rule">4~20个字符，第一位必须字母，支持字母、数字组合</p>
${input("phone_number", "请输入手机号", typed)}<p>没有手机号? <a href="/register/${token}?at=green">试试绿色通道</a></p>
${input("picture", "请输入图片验证码", {})}<p>图片中的字符（演示中可以直接读出）：<span class="picture">${draft.picture}</span></p>
${input("code", "请输入5位验证码", typed, 'inputmode="numeric"')}
<button class="other" name="step" value="code">获取短信验证码</button>
${password("password", "请设置密码")}<p>6-20位字符，必须由数字、字母或符号两种以上组成</p>
${password("again", "请确认输入密码")}
<label><input type="checkbox" name="agreed" value="yes"${typed.agreed ? " checked" : ""}>我已阅读并同意《浙江政务服务网注册协议》</label>
<p><a href="/agreement">阅读《浙江政务服务网注册协议》</a></p>
<button name="step" value="create">注册</button></form>`,
  );
}

function second(token, draft, typed = {}, faults = []) {
  return page(
    TITLE,
    `${DEMO}${steps(1)}<p>账号 ${escape(draft.account.username)} 已经创建。通过实名认证以后，才能用来办理业务。</p>${alert(faults)}
<form method="post" action="/register/${token}">
${input("name", "姓名", typed)}
<label for="document_kind">证件类型</label><select id="document_kind" name="document_kind">${kinds(typed.document_kind)}</select>
${input("document_number", "证件号码", typed)}
<p>演示中不核验，请填写虚构的人；身份证号码的校验位需要正确。</p>
<button name="step" value="verify">实名认证</button></form>`,
  );
}

function third(draft) {
  const way = draft.back?.startsWith("/interaction/") ? "去登录" : "返回办事页面";
  return page(
    TITLE,
    `${DEMO}${steps(2)}<p role="status">注册完成，已通过实名认证。用户名：${escape(draft.account.username)}</p>
<p>${draft.back ? `<a href="${escape(draft.back)}">${way}</a>` : "请回到办事页面登录。"}</p>`,
  );
}

const green = (token) =>
  page(
    "绿色通道",
    `${DEMO}<p role="status">演示中没有绿色通道。在真实的政务服务网，没有手机号的人由服务热线或者办事窗口协助注册。</p><p><a href="/register/${token}">返回注册</a></p>`,
  );

export const agreement = () =>
  page(
    "《浙江政务服务网注册协议》",
    `${DEMO}<p>这里是演示文本，代替《浙江政务服务网注册协议》：演示账号只在内存中保存，服务停止后全部消失；请只填写虚构的人。</p><p>看完以后，请用浏览器的“后退”回到注册。</p>`,
  );

function phoneFaults(draft, typed) {
  const faults = [];
  if (!/^1\d{10}$/.test(typed.phone_number ?? "")) faults.push("请填写 11 位手机号码");
  if ((typed.picture ?? "").trim().toUpperCase() !== draft.picture) faults.push("图片验证码不正确，请按新的图片填写");
  return faults;
}

function accountFaults(draft, typed) {
  const { username = "", password = "" } = typed;
  const faults = [];
  if (!/^[A-Za-z][A-Za-z0-9]{3,19}$/.test(username)) faults.push("用户名为 4~20 个字符，第一位必须是字母，支持字母、数字组合");
  else if (isTaken(username)) faults.push("用户名已被使用，请换一个");
  if (!draft.code || typed.phone_number !== draft.phone) faults.push("请先获取短信验证码");
  else if (typed.code !== draft.code) faults.push("短信验证码不正确");
  const used = [/\d/, /[A-Za-z]/, /[^\dA-Za-z]/].filter((kind) => kind.test(password)).length;
  if (password.length < 6 || password.length > 20 || used < 2) faults.push("密码为 6-20 位字符，必须由数字、字母或符号两种以上组成");
  else if (typed.again !== password) faults.push("两次输入的密码不一致");
  if (!typed.agreed) faults.push("请阅读并同意《浙江政务服务网注册协议》");
  return faults;
}

function post(token, draft, typed) {
  if (draft.account?.person) return third(draft);
  if (draft.account) {
    const document_number = (typed.document_number ?? "").trim().toUpperCase();
    const person = { name: (typed.name ?? "").trim(), phone_number: draft.account.phone_number, document_kind: typed.document_kind, document_number };
    const faults = check(person);
    if (!faults.length && person.document_kind === "resident_id" && !isResident(document_number)) faults.push("身份证号码不正确，请核对");
    if (faults.length) return second(token, draft, typed, faults);
    draft.account.person = person;
    return third(draft);
  }
  if (typed.step === "code") {
    const faults = phoneFaults(draft, typed);
    draft.picture = picture();
    if (!faults.length) Object.assign(draft, { code: String(randomInt(100_000)).padStart(5, "0"), phone: typed.phone_number });
    return first(token, draft, typed, faults);
  }
  const faults = accountFaults(draft, typed);
  if (faults.length) return first(token, draft, typed, faults);
  draft.account = create(typed.username, typed.phone_number, typed.password);
  return second(token, draft);
}

/** Answers [status, page], or [302, address]. */
export function register(address, typed) {
  const [, , token] = address.pathname.split("/");
  if (!token) return [302, `/register/${begin({ uid: address.searchParams.get("uid"), goto: address.searchParams.get("goto") })}`];
  const draft = drafts.get(token);
  if (!draft) return [404, page("注册已经过期", '<p><a href="/register">重新注册</a></p>')];
  if (typed) return [200, post(token, draft, typed)];
  if (address.searchParams.get("at") === "green") return [200, green(token)];
  if (!draft.account) return [200, first(token, draft)];
  return [200, draft.account.person ? third(draft) : second(token, draft)];
}
