// What was typed into a form of a plain page and not sent yet is kept by this tab, as the program keeps it on the other pages: for
// whoever typed it, never longer than half an hour, gone when the house has taken it and when they sign out. Files, ticks, secrets
// and the numbers of documents are not kept.
{
  const ALL = "typed:";
  const LIFE = 30 * 60 * 1000;
  const SECRETS = ["document_number", "document_end", "captcha", "passphrase", "password", "sms_code"];
  const OTHERS = ["hidden", "file", "checkbox", "password", "submit", "button"];
  const main = document.getElementById("main");
  const typist = (main && main.dataset.typist) || "";
  const own = `${ALL}${typist} `;
  let store = null;
  try {
    store = window.sessionStorage;
  } catch (error) {
    // A browser that keeps nothing.
  }

  const all = () => Object.keys(store).filter((key) => key.startsWith(ALL));
  const fields = (form) =>
    Array.from(form.elements).filter((field) => field.name && !SECRETS.includes(field.name) && !OTHERS.includes(field.type));
  const now = (field) => (field.type === "radio" && !field.checked ? "" : field.value);
  const written = (field) => {
    if (field.type === "radio") return field.defaultChecked ? field.value : "";
    if (field.tagName !== "SELECT") return field.defaultValue;
    const chosen = Array.from(field.options).find((option) => option.defaultSelected) || field.options[0];
    return chosen ? chosen.value : "";
  };
  // What it does to what; what only counts along is left out.
  const keyOf = (form) => {
    const hidden = Array.from(form.elements).filter((field) => field.type === "hidden");
    const named = hidden.filter((field) => !["version", "request_key"].includes(field.name)).map((field) => field.value);
    return own + ["plain", form.getAttribute("action"), ...named].join(" ");
  };
  const put = (key, words) => {
    try {
      if (words.length) store.setItem(key, JSON.stringify([Date.now(), words]));
      else store.removeItem(key);
    } catch (error) {
      // There is no room for it.
    }
  };
  const read = (key) => {
    try {
      const [at, words] = JSON.parse(store.getItem(key));
      return Date.now() - at > LIFE ? null : words;
    } catch (error) {
      return null;
    }
  };
  const keep = (form) => {
    const words = fields(form).map((field) => [field.name, now(field), written(field)]);
    put(keyOf(form), words.filter(([, typed, before]) => typed !== before));
  };
  // A word without a name says that it was sent.
  const sent = (form) => {
    const words = fields(form).map((field) => [field.name, now(field), written(field)]);
    put(keyOf(form), [...words.filter(([, typed]) => typed), ["", "sent", ""]]);
  };
  const gaveBack = (form, words) =>
    words.length > 0 && words.every(([name, typed]) => fields(form).some((field) => field.name === name && now(field) === typed));

  const restore = (form, words) => {
    let hasAny = false;
    const beside = [];
    for (const field of fields(form)) {
      for (const [, typed, before] of words.filter(([name]) => name === field.name)) {
        const there = written(field);
        if (field.type === "radio") {
          hasAny = hasAny || (field.value === typed && !field.checked);
          field.checked = field.checked || field.value === typed;
        } else if (field.value === there && there !== typed) {
          if (there && there !== before) {
            beside.push(typed);
          } else {
            field.value = typed;
            hasAny = true;
          }
          // A choice that is no longer offered.
          if (field.selectedIndex < 0) field.value = there;
        }
      }
    }
    if (hasAny || beside.length) say(form, hasAny, beside.join("\n").split("\n"));
  };
  const say = (form, hasAny, beside) => {
    const note = document.createElement("div");
    note.className = "notice notice--info";
    note.setAttribute("role", "status");
    const line = (text) => {
      const shown = document.createElement("p");
      shown.textContent = text;
      note.append(shown);
    };
    if (hasAny) line("已恢复您刚才在本页填写、还没有提交的内容。");
    if (beside.some((text) => text)) {
      line("本页的内容在别处改过，下面是您刚才填写的，没有放回，需要时请复制：");
      beside.forEach(line);
    }
    form.before(note);
  };

  const begin = () => {
    const came = performance.getEntriesByType("navigation")[0] || {};
    // Whoever comes back from a page that never arrived, or was told that there was no room, has not been heard.
    const isUnheard = came.type === "back_forward" || /[?&]trouble=/.test(location.search);
    const isTaken = !isUnheard && came.redirectCount > 0;
    const forms = Array.from(document.querySelectorAll("form[data-keeps]"));
    for (const key of all()) {
      const kept = read(key);
      if (!kept) {
        store.removeItem(key);
        continue;
      }
      const words = kept.filter(([name]) => name);
      const form = key.startsWith(own) && forms.find((form) => keyOf(form) === key);
      if (words.length < kept.length && key.startsWith(own)) {
        if (!isUnheard && (isTaken || !form || !gaveBack(form, words))) {
          store.removeItem(key);
          continue;
        }
        put(key, words);
      }
      if (form) restore(form, words);
    }
    const typing = (event) => {
      const form = event.target.form;
      if (form && form.hasAttribute("data-keeps")) keep(form);
    };
    addEventListener("input", typing);
    addEventListener("change", typing);
  };

  if (store) {
    if (typist) begin();
    addEventListener("submit", (event) => {
      const form = event.target;
      if (form.getAttribute("action").startsWith("/api/account/sign-out")) all().forEach((key) => store.removeItem(key));
      else if (typist && form.hasAttribute("data-keeps")) sent(form);
    });
  }
}
