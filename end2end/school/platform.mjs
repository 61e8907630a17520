// The interface of the platform, as a school calls it (docs/schools.md).

export class Platform {
  constructor({ site, token }) {
    this.site = site.replace(/\/$/, "");
    this.token = token;
    this.cursor = 0;
    /** Enrolments by id, as they were told last. */
    this.enrolments = new Map();
  }

  async call(method, path, body, headers = {}) {
    const answer = await fetch(`${this.site}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said.error?.code}`);
    return said;
  }

  /** The keys by which tickets are signed. */
  async keys() {
    const answer = await fetch(`${this.site}/.well-known/jwks.json`);
    return (await answer.json()).keys;
  }

  /** Uses a ticket up; `valid` for the first who asks. */
  verify = (ticket) => this.call("POST", "/api/v1/tickets/verify", { ticket });

  /** Reads what changed since the last time. */
  async catchUp() {
    for (let more = true; more; ) {
      const page = await this.call("GET", `/api/v1/enrolments?after=${this.cursor}`);
      for (const one of page.enrolments) this.enrolments.set(one.id, one);
      ({ cursor: this.cursor, more } = page);
    }
  }

  /** Reports credits. Sent again under the same key it has one effect. */
  report = (key, rows) => this.call("POST", "/api/v1/credits", { rows }, { "idempotency-key": key });

  /** Tells how far somebody is; the newest stands. */
  progress = (rows) => this.call("POST", "/api/v1/progress", { rows });

  /** What became of a batch. */
  batch = (id) => this.call("GET", `/api/v1/batches/${id}`);

  /** What came on a day, a thousand batches at once; `after` is the cursor of the page before. */
  day = (day, after = "") => this.call("GET", `/api/v1/days/${day}?after=${after}`);
}
