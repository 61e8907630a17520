// The pages of the school, without scripts.
export const escape = (text) =>
  String(text ?? "").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const STYLE = `body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; background: #0b5cad; color: #fff; border: 0 }
table { border-collapse: collapse } th, td { border: 1px solid #767676; padding: .25rem .75rem; text-align: left }`;

export const page = (title, body) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(title)} – 演示网校</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;

const press = (action, word) => `<form method="post" action="${action}"><p><button type="submit">${word}</button></p></form>`;

/** The courses of whoever is signed in. */
export const courses = ({ name, year, booked, credits }) =>
  page(
    `欢迎 ${name}`,
    `<p>${year} 年度的课程：会计准则 60 学分，职业道德 30 学分。</p>
<p>平台已登记 ${escape(booked)} 学分，最多 ${escape(credits)} 学分。</p>${press("/learn", "学到 60 %")}${press("/finish", "学完并报送学分")}`,
  );

/** What became of a report of progress. */
export const noted = ({ rows }) =>
  page("学习进度", `<p>${rows.every((row) => row.outcome === "noted") ? "平台已记下学习进度 60 %。" : "平台没有记下学习进度。"}</p><p><a href="/">返回课程</a></p>`);

/** What became of what was reported. */
export const outcome = (batch, again) =>
  page(
    "报送结果",
    `<p>已登记 ${batch.counts.booked} 行，${again ? "再次报送的回答相同" : "再次报送的回答不同"}。</p>
<table><thead><tr><th scope="col">行号</th><th scope="col">处理结果</th><th scope="col">问题</th></tr></thead><tbody>${batch.rows
      .map((row) => `<tr><td>${escape(row.id)}</td><td>${escape(row.outcome)}</td><td>${escape([row.field, row.cause].filter(Boolean).join("："))}</td></tr>`)
      .join("")}</tbody></table>
<p><a href="/">返回课程</a></p>`,
  );
