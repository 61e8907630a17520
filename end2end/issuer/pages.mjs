// The pages of the service, without scripts, as 浙江手册 注册 and 登录 show them.
import { PASSWORD } from "./accounts.mjs";
import { KINDS, PEOPLE, UNITS } from "./people.mjs";

export const escape = (text) =>
  String(text ?? "").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const STYLE = `body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
form { border: 1px solid #767676; padding: 1rem; margin: 1rem 0 }
label { display: block; margin-top: .75rem }
input, select, button { font: inherit; padding: .5rem; min-height: 2.75rem; width: 100%; box-sizing: border-box }
input[type=checkbox] { width: 1.5rem; min-height: 1.5rem; margin-right: .5rem; vertical-align: middle }
button { margin-top: 1rem; background: #0b5cad; color: #fff; border: 0 }
button.other { background: #555 }
nav a, p a { display: inline-block; padding: .5rem 0; margin-right: 1rem }
nav a[aria-current] { color: #1a1a1a; font-weight: bold; text-decoration: none }
ol.steps { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0 }
ol.steps [aria-current] { font-weight: bold }
.picture { font: italic bold 1.5rem monospace; letter-spacing: .5rem; background: #eee; padding: .25rem .75rem }
[role=alert], [role=status] { border-left: .5rem solid #b00020; padding: .5rem 1rem }
[role=status] { border-color: #0b5cad }`;

export const page = (title, body) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title} – 政务服务网（演示）</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;

const options = (all, chosen, label) =>
  Object.entries(all)
    .map(([key, value]) => `<option value="${key}"${key === chosen ? " selected" : ""}>${escape(label(key, value))}</option>`)
    .join("");

export const kinds = (chosen) => options(KINDS, chosen, (_, label) => label);

export const input = (name, label, typed, more = "") =>
  `<label for="${name}">${label}</label><input id="${name}" name="${name}" autocomplete="off" value="${escape(typed[name])}" ${more}>`;

export const alert = (faults) =>
  faults.length ? `<div role="alert">${faults.map((text) => `<p>${escape(text)}</p>`).join("")}</div>` : "";

export const DEMO = "<p>这里代替省级统一身份认证，只供演示和测试。里面的人都不存在，请不要填写真实的个人信息。</p>";

/** What the service has and the demonstration does not. */
const ABSENT = {
  alipay: ["支付宝登录", "演示中没有支付宝登录，请使用用户名和密码。"],
  forgot: ["忘记密码", `演示中不能找回密码。演示人员的密码都是 ${PASSWORD}；自己注册的账号忘记了密码，请重新注册一个。`],
};

/** 法人用户登录: a unit, and who acts for it. */
function legalPage(action, tabs, typed, faults) {
  const of = (key, unit) => `${unit.unit_name}（经办人 ${PEOPLE[unit.person].name}）`;
  return page(
    "法人用户登录",
    `${DEMO}${tabs}${alert(faults)}
<form method="post" action="${action}?at=legal"><h2>演示：选择测试法人</h2>
<label for="unit">测试法人</label><select id="unit" name="unit">${options(UNITS, typed.unit, of)}</select>
<button>登录测试法人</button></form>
<form method="post" action="${action}?at=legal"><h2>演示：自己填写</h2>
${input("unit_name", "单位名称", typed, "required")}${input("unit_code", "统一社会信用代码", typed, "required")}
${input("name", "经办人姓名", typed, "required")}${input("phone_number", "经办人手机号码", typed, "required")}
<label for="document_kind">经办人证件类型</label><select id="document_kind" name="document_kind">${kinds(typed.document_kind)}</select>
${input("document_number", "经办人证件号码", typed, "required")}
<button>以此法人登录</button></form>`,
  );
}

export function signInPage(uid, typed = {}, faults = [], where = "") {
  const action = `/interaction/${escape(uid)}`;
  const tabs = `<nav aria-label="用户类型"><a href="${action}"${where === "legal" ? "" : ' aria-current="page"'}>个人用户登录</a>
<a href="${action}?at=legal"${where === "legal" ? ' aria-current="page"' : ""}>法人用户登录</a></nav>`;
  if (where === "legal") return legalPage(action, tabs, typed, faults);
  if (where in ABSENT) {
    const [title, text] = ABSENT[where];
    return page(title, `${DEMO}${tabs}<p role="status">${text}</p>`);
  }
  return page(
    "个人用户登录",
    `${DEMO}${tabs}${alert(faults)}
<form method="post" action="${action}">
${input("username", "用户名/手机号码/身份证", typed, "required")}
<label for="password">请输入密码</label><input id="password" name="password" type="password" autocomplete="off" required>
<label><input type="checkbox" name="remember" value="yes">十天之内免登录</label>
<button>登录</button>
<p><a href="${action}?at=forgot">忘记密码?</a> <a href="${action}?at=alipay">支付宝登录</a> <a href="/register?uid=${escape(uid)}">立即注册账号</a></p></form>
<form method="post" action="${action}"><h2>演示：选择测试人员</h2><p>演示人员的密码都是 ${PASSWORD}，也可以从这里直接登录。</p>
<label for="person">测试人员</label><select id="person" name="person">${options(PEOPLE, typed.person, (key, person) => `${key}（${person.name}）`)}</select>
<button>登录测试人员</button></form>
<form method="post" action="${action}"><h2>演示：自己填写</h2>
${input("name", "姓名", typed, "required")}${input("phone_number", "手机号码", typed, "required")}
<label for="document_kind">证件类型</label><select id="document_kind" name="document_kind">${kinds(typed.document_kind)}</select>
${input("document_number", "证件号码", typed, "required")}
<button>以此身份登录</button></form>
<form method="post" action="${action}"><h2>不登录</h2><button class="other" name="cancel" value="yes">取消</button></form>`,
  );
}

/** 用户中心: what the real one is for. */
export const accountPage = (back) =>
  page(
    "用户中心",
    `${DEMO}<p>在真实的政务服务网，姓名、手机号码和证件信息在用户中心修改。演示中没有用户中心：换一个号码或者姓名的，请在登录页面用“自己填写”。</p>
${back ? `<p><a href="${escape(back)}">返回办事页面</a></p>` : ""}`,
  );
