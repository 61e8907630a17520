// The two pages of the service, without scripts.
import { KINDS, PEOPLE } from "./people.mjs";

const escape = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const STYLE = `body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
form { border: 1px solid #767676; padding: 1rem; margin: 1rem 0 }
label { display: block; margin-top: .75rem }
input, select, button { font: inherit; padding: .5rem; min-height: 2.75rem; width: 100%; box-sizing: border-box }
button { margin-top: 1rem; background: #0b5cad; color: #fff; border: 0 }
button[name=cancel] { background: #555 }
[role=alert] { border-left: .5rem solid #b00020; padding: .5rem 1rem }`;

export const page = (title, body) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title} – 政务服务网（演示）</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;

const options = (all, chosen, label) =>
  Object.entries(all)
    .map(([key, value]) => `<option value="${key}"${key === chosen ? " selected" : ""}>${escape(label(key, value))}</option>`)
    .join("");

const input = (name, label, typed) =>
  `<label for="${name}">${label}</label><input id="${name}" name="${name}" autocomplete="off" required value="${escape(typed[name])}">`;

export function signInPage(uid, typed = {}, faults = []) {
  const alert = faults.length ? `<div role="alert">${faults.map((text) => `<p>${escape(text)}</p>`).join("")}</div>` : "";
  const action = `/interaction/${escape(uid)}`;
  return page(
    "个人用户登录",
    `<p>这里代替省级统一身份认证，只供演示和测试。里面的人都不存在。</p>${alert}
<form method="post" action="${action}"><h2>选择测试人员</h2>
<label for="username">用户名</label><select id="username" name="username">${options(PEOPLE, typed.username, (key, person) => `${key}（${person.name}）`)}</select>
<button>登录</button></form>
<form method="post" action="${action}"><h2>自己填写</h2>
${input("name", "姓名", typed)}${input("phone_number", "手机号码", typed)}
<label for="document_kind">证件类型</label><select id="document_kind" name="document_kind">${options(KINDS, typed.document_kind, (_, label) => label)}</select>
${input("document_number", "证件号码", typed)}
<button>以此身份登录</button></form>
<form method="post" action="${action}"><h2>不登录</h2><button name="cancel" value="yes">取消</button></form>`,
  );
}
