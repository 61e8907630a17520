-- Reason: the foundation: people, sessions, challenges, cases and what hangs on them, what the portal shows, the outbox and the audit chain.
-- Identity numbers, mobile numbers and everything typed into forms are sealed (…_sealed); equality search uses keyed hashes (…_hash).

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    document_kind TEXT NOT NULL,
    document_hash BLOB NOT NULL,
    document_sealed BLOB NOT NULL,
    name TEXT NOT NULL,
    username TEXT NOT NULL,
    mobile_hash BLOB NOT NULL,
    mobile_sealed BLOB NOT NULL,
    -- Only for the form: nothing is sent there.
    email_sealed BLOB,
    password_hash TEXT NOT NULL,
    failed_logins INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    signed_in_at TEXT NOT NULL,
    UNIQUE (province, document_kind, document_hash),
    UNIQUE (province, mobile_hash)
) STRICT;
CREATE INDEX account_document ON account (document_hash, province);
CREATE INDEX account_name ON account (province, name);
-- Empty where the province has no user names.
CREATE UNIQUE INDEX account_username ON account (province, username) WHERE username <> '';

-- Holders of the old certificate are imported as accounts without a password, and an import can be undone as a whole.
CREATE TABLE legacy_batch (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    file_sha256 BLOB NOT NULL,
    imported_at TEXT NOT NULL,
    undone_at TEXT
) STRICT;
CREATE UNIQUE INDEX legacy_batch_file ON legacy_batch (province, file_sha256) WHERE undone_at IS NULL;

CREATE TABLE legacy_holder (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    batch_id TEXT NOT NULL REFERENCES legacy_batch (id),
    certificate_sealed BLOB NOT NULL,
    bureau TEXT NOT NULL
) STRICT;
CREATE INDEX legacy_holder_batch ON legacy_holder (batch_id, account_id);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    -- What the name is compared by: one key for all ways to write it.
    name_key TEXT NOT NULL,
    role TEXT NOT NULL,
    mobile_sealed BLOB NOT NULL,
    -- The keyed hash of their document, so that nobody decides on an application of their own.
    document_hash BLOB,
    password_hash TEXT NOT NULL,
    totp_sealed BLOB,
    totp_step INTEGER NOT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (province, login)
) STRICT;
CREATE INDEX staff_list ON staff (province, bureau, login);

-- Accounts that may be of one human, as the machine found them.
CREATE TABLE account_alike (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    one TEXT NOT NULL REFERENCES account (id),
    other TEXT NOT NULL REFERENCES account (id),
    -- Codes, joined by commas.
    why TEXT NOT NULL,
    found_at TEXT NOT NULL,
    dismissed_by TEXT REFERENCES staff (id),
    dismissed_at TEXT,
    UNIQUE (one, other)
) STRICT;
CREATE INDEX account_alike_list ON account_alike (province, found_at, id) WHERE dismissed_at IS NULL;
CREATE INDEX account_alike_other ON account_alike (other);

-- 合并账号 (docs/adr/0052): one account leads to the other. Rows that are only added stay with the account that they were booked for.
CREATE TABLE account_merge (
    id TEXT PRIMARY KEY,
    alike_id TEXT NOT NULL REFERENCES account_alike (id),
    province TEXT NOT NULL,
    winner TEXT NOT NULL REFERENCES account (id),
    loser TEXT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_at TEXT NOT NULL,
    agreed_by TEXT REFERENCES staff (id),
    agreed_at TEXT,
    ended_by TEXT REFERENCES staff (id),
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX account_merge_one ON account_merge (loser) WHERE ended_at IS NULL;
CREATE INDEX account_merge_loser ON account_merge (loser);
CREATE INDEX account_merge_winner ON account_merge (winner);
CREATE INDEX account_merge_list ON account_merge (province, asked_at, id);
CREATE INDEX account_merge_alike ON account_merge (alike_id);

-- What it moved, row by row, for the undo.
CREATE TABLE merge_move (
    merge_id TEXT NOT NULL REFERENCES account_merge (id),
    what TEXT NOT NULL,
    row_id TEXT NOT NULL,
    PRIMARY KEY (merge_id, what, row_id)
) STRICT;

-- No administrator acts alone: a new or reset account is asked for by one and agreed to by another (or, while there are fewer than
-- two, by whoever runs the server), and its token goes to the person's own telephone.
CREATE TABLE staff_activation (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    -- Never activated yet: when it is refused, it is gone.
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    -- The account works until somebody agrees.
    is_usable INTEGER NOT NULL CHECK (is_usable IN (0, 1)),
    -- Another telephone, where the account gets one with the reset.
    mobile_sealed BLOB,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_in TEXT NOT NULL,
    asked_from BLOB NOT NULL,
    asked_at TEXT NOT NULL,
    -- A staff member, 'operator', or nobody yet.
    agreed_by TEXT,
    token_hash BLOB UNIQUE,
    expires_at TEXT NOT NULL
) STRICT;

-- Failures from elsewhere never keep a staff member out of the addresses from which they signed in before.
CREATE TABLE staff_address (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    address_hash BLOB NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (staff_id, address_hash)
) STRICT;

CREATE TABLE recovery_code (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    code_hash BLOB NOT NULL,
    used_at TEXT,
    PRIMARY KEY (staff_id, code_hash)
) STRICT;

CREATE TABLE bootstrap (
    token_hash BLOB PRIMARY KEY,
    province TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    province TEXT NOT NULL,
    account_id TEXT REFERENCES account (id),
    staff_id TEXT REFERENCES staff (id),
    -- With account and staff both: a clerk fills in for the person (docs/adr/0031). It opens nothing any more once the session that opened
    -- it is gone.
    opened_by TEXT REFERENCES session (id) ON DELETE SET NULL,
    is_second_factor_done INTEGER NOT NULL CHECK (is_second_factor_done IN (0, 1)),
    address TEXT NOT NULL,
    memo_sealed BLOB,
    -- By which token before it and by what that was sent it was made, and where it leads: a lost answer is given again.
    entered_from BLOB,
    entered_by BLOB,
    entered_to TEXT,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_staff ON session (staff_id);
CREATE INDEX session_opened_by ON session (opened_by);
CREATE INDEX session_entered_from ON session (entered_from);
CREATE INDEX session_seen ON session (seen_at);

-- Forms that came after their session had ended, until their person signs in again.
CREATE TABLE left_form (
    -- 'account:…', 'staff:…', or 'acting:…' of a clerk who fills in for an account
    person TEXT NOT NULL,
    form TEXT NOT NULL,
    sealed BLOB NOT NULL,
    left_at TEXT NOT NULL,
    PRIMARY KEY (person, form)
) STRICT;
CREATE INDEX left_form_left ON left_form (left_at);

CREATE TABLE challenge (
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    seed INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (session_id, kind)
) STRICT;

-- A code is good for one process (a reset, a registration, …), not for whatever its session does next.
CREATE TABLE sms_code (
    id TEXT PRIMARY KEY,
    process_id TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    sent_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sms_code_process ON sms_code (process_id);

CREATE TABLE rate_event (
    id TEXT PRIMARY KEY,
    bucket TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX rate_event_bucket ON rate_event (bucket, at);

CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    number TEXT UNIQUE,
    province TEXT NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    -- Whether the person may have only one of the kind open.
    is_single INTEGER NOT NULL CHECK (is_single IN (0, 1)),
    applicant TEXT NOT NULL,
    -- What the name is compared by: one key for all ways to write it.
    applicant_key TEXT NOT NULL,
    bureau TEXT NOT NULL,
    bureau_path TEXT NOT NULL,
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    round INTEGER NOT NULL,
    -- Which of the seats it waits for, counted from 0.
    seat INTEGER NOT NULL,
    form_version INTEGER NOT NULL,
    -- The newest text that was promised for it; empty before.
    pledge_version TEXT NOT NULL,
    -- Of the newest round, as it was handed in: its pictures, and what the automatic checks found doubtful.
    papers INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,
    -- The year that it is for, where its kind knows one.
    year INTEGER,
    submitted_at TEXT,
    due_on TEXT,
    decided_at TEXT,
    decided_by TEXT,
    holder_id TEXT,
    holder_name TEXT,
    held_until TEXT,
    -- When its person urged it last, and whether it was not: what was urged comes first of what is due on its day.
    urged_at TEXT,
    is_calm INTEGER NOT NULL DEFAULT 1 CHECK (is_calm IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_one_open ON case_file (account_id, kind) WHERE is_single AND status NOT IN ('approved', 'closed');
CREATE INDEX case_queue ON case_file (province, bureau, status, due_on, is_calm, id);
CREATE INDEX case_queue_below ON case_file (province, status, due_on, is_calm, id);
CREATE INDEX case_urged ON case_file (province, bureau_path) WHERE status = 'submitted' AND urged_at IS NOT NULL;
CREATE INDEX case_decided ON case_file (decided_by, decided_at) WHERE decided_by IS NOT NULL;
CREATE INDEX case_settled ON case_file (province, decided_at) WHERE status = 'approved';
CREATE INDEX case_returned ON case_file (province, decided_at, id) WHERE status = 'returned';
CREATE INDEX case_waited ON case_file (province, bureau, decided_at) WHERE status = 'approved';
CREATE INDEX case_account ON case_file (account_id, kind);

-- What a person types, promises and uploads hangs on the case: two of one kind beside each other have nothing in common.
CREATE TABLE draft (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    step TEXT NOT NULL,
    body_sealed BLOB NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    -- Which page saved it last, and which of its saves that was.
    tab TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    -- When a save was written into the audit trail last, and whose it was.
    noted_at TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    PRIMARY KEY (case_id, step)
) STRICT;

CREATE TABLE pledge (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    version TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    agreed_at TEXT NOT NULL,
    PRIMARY KEY (case_id, version)
) STRICT;

CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    slot TEXT NOT NULL,
    place INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    view_sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    name TEXT NOT NULL,
    remark_sealed BLOB,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    uploaded_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX attachment_current ON attachment (case_id, slot, place) WHERE is_current;
CREATE INDEX attachment_case ON attachment (case_id);
CREATE INDEX attachment_account ON attachment (account_id, uploaded_at);
CREATE INDEX attachment_sha ON attachment (sha256);
CREATE INDEX attachment_view_sha ON attachment (view_sha256);

-- 定期核对: when somebody last said that their record is still right, and of which version.
CREATE TABLE record_check (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    version INTEGER NOT NULL,
    sure_at TEXT NOT NULL
) STRICT;

-- 证照库: the last day of a paper, as its person noted it. A file that its person deleted is an attachment without view_sha256.
CREATE TABLE paper_expiry (
    account_id TEXT NOT NULL REFERENCES account (id),
    sha256 TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    PRIMARY KEY (account_id, sha256)
) STRICT;
CREATE INDEX paper_expiry_on ON paper_expiry (expires_on, account_id, sha256);

-- 手机传图: a slot that a session lends to one telephone for some minutes. It goes with its session.
CREATE TABLE handover (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id),
    case_id TEXT NOT NULL REFERENCES case_file (id),
    slot TEXT NOT NULL,
    -- The telephone that brought the first picture.
    device_hash BLOB,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- Another one took its place.
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX handover_open ON handover (session_id, case_id, slot) WHERE ended_at IS NULL;
CREATE INDEX handover_session ON handover (session_id, case_id, slot, created_at);
CREATE INDEX handover_expires ON handover (expires_at);
CREATE INDEX handover_account ON handover (account_id);

-- What came by it: the same file once more has no effect.
CREATE TABLE handover_file (
    handover_id TEXT NOT NULL REFERENCES handover (id) ON DELETE CASCADE,
    attachment_id TEXT NOT NULL,
    sent_sha256 TEXT NOT NULL,
    PRIMARY KEY (handover_id, attachment_id)
) STRICT;

CREATE TABLE submission (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    round INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    submitted_at TEXT NOT NULL,
    PRIMARY KEY (case_id, round)
) STRICT;

CREATE TABLE verdict (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    round INTEGER NOT NULL,
    item TEXT NOT NULL,
    is_accepted INTEGER NOT NULL CHECK (is_accepted IN (0, 1)),
    reason TEXT NOT NULL,
    -- A rectangle on a picture, in thousandths of it; empty for none.
    mark TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    judged_at TEXT NOT NULL,
    PRIMARY KEY (case_id, round, item)
) STRICT;

-- A decision that can be undone until it is due; it takes effect by a job. One that could not says why (`lapse`) for a day.
CREATE TABLE staged_decision (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    -- Of the case, as it was seen.
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- What an approval books in the place of what is reckoned, in hundredths; NULL for what is reckoned.
    amount INTEGER,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    request_id TEXT NOT NULL,
    staged_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    locked_until TEXT,
    lapse TEXT,
    lapsed_at TEXT
) STRICT;
CREATE INDEX staged_decision_due ON staged_decision (due_at);
CREATE INDEX staged_decision_lapsed ON staged_decision (lapsed_at);
CREATE INDEX staged_decision_staff ON staged_decision (staff_id);

-- 跳过: a reviewer leaves a case for the day, and says why.
CREATE TABLE case_skip (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    case_id TEXT NOT NULL REFERENCES case_file (id),
    reason TEXT NOT NULL,
    -- In China.
    skipped_on TEXT NOT NULL,
    skipped_at TEXT NOT NULL,
    PRIMARY KEY (staff_id, case_id)
) STRICT;

-- A bureau that had a case until then and decided on it: it may read it still, and what it did stays under its name.
CREATE TABLE former_desk (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    until_at TEXT NOT NULL,
    PRIMARY KEY (case_id, until_at, bureau)
) STRICT;
CREATE INDEX former_desk_of ON former_desk (province, bureau, until_at, case_id);

CREATE TABLE case_event (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    round INTEGER NOT NULL,
    action TEXT NOT NULL,
    status_before TEXT NOT NULL,
    status_after TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX case_event_case ON case_event (case_id, at);

CREATE TABLE certificate (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    item TEXT NOT NULL,
    number_hash BLOB NOT NULL,
    PRIMARY KEY (case_id, item)
) STRICT;
CREATE INDEX certificate_number ON certificate (number_hash);

-- 完成证明: what was certified of a learning year, as it was signed. A row is never changed but for its end and for how much of the
-- name its statement shows (docs/adr/0038).
CREATE TABLE completion_certificate (
    number TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    year INTEGER NOT NULL,
    -- 姓名 as it was, and who certified.
    holder TEXT NOT NULL,
    issuer TEXT NOT NULL,
    -- Credits in hundredths.
    total INTEGER NOT NULL,
    professional INTEGER NOT NULL,
    public INTEGER NOT NULL,
    completed_on TEXT NOT NULL,
    name_shown TEXT NOT NULL,
    statement TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    -- 'revoked' or 'replaced'; empty while it stands.
    ended_by TEXT NOT NULL,
    ended_at TEXT,
    replaced_by TEXT,
    -- The standard by which it was issued, in hundredths, and the rule that asked it: a profile that is edited later ends nothing.
    asked_total INTEGER NOT NULL,
    asked_professional INTEGER,
    asked_public INTEGER,
    asked_version TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX completion_certificate_one ON completion_certificate (account_id, year) WHERE ended_at IS NULL;
CREATE INDEX completion_certificate_account ON completion_certificate (account_id, year, issued_at);

-- 分享链接 of a certified learning year: what it shows and until when. The token is kept as its hash.
CREATE TABLE certificate_share (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES account (id),
    year INTEGER NOT NULL,
    name_shown TEXT NOT NULL,
    shows_document INTEGER NOT NULL CHECK (shows_document IN (0, 1)),
    shows_credits INTEGER NOT NULL CHECK (shows_credits IN (0, 1)),
    created_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX certificate_share_account ON certificate_share (account_id, year, created_at);

-- How often it was opened in a day; nothing of who.
CREATE TABLE certificate_share_day (
    share_id TEXT NOT NULL REFERENCES certificate_share (id),
    opened_on TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (share_id, opened_on)
) STRICT;

-- 手机号更换: an application for another mobile number, whose effect waits, and which the old number can stop by a link.
CREATE TABLE phone_change (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    -- 账号申诉: the account goes to whoever appeals, and is not only reached by another telephone.
    hands_over INTEGER NOT NULL CHECK (hands_over IN (0, 1)),
    mobile_hash BLOB NOT NULL,
    mobile_sealed BLOB NOT NULL,
    link_hash BLOB NOT NULL UNIQUE,
    effective_at TEXT,
    settled_at TEXT
) STRICT;
CREATE INDEX phone_change_account ON phone_change (account_id);
CREATE INDEX phone_change_due ON phone_change (effective_at) WHERE settled_at IS NULL;

-- 这不是我本人: the link in a message to the number of an account, by which whoever got it freezes the account, once.
CREATE TABLE freeze_link (
    link_hash BLOB PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    -- The number to which the message went: the link serves as long as the account has it.
    mobile_hash BLOB NOT NULL,
    expires_at TEXT NOT NULL,
    frozen_until TEXT
) STRICT;
CREATE INDEX freeze_link_account ON freeze_link (account_id, frozen_until);
CREATE INDEX freeze_link_expires ON freeze_link (expires_at);

-- 获取单位信息 looks employers up by their code; a bureau speaks for its own province, and one approval alone renames nobody
-- (docs/adr/0016).
CREATE TABLE employer (
    province TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Another name that was approved once since; the next approval of it lets it stand.
    other_name TEXT,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (province, code)
) STRICT;

CREATE TABLE record (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    version INTEGER NOT NULL,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    -- NULL where a file of the national platform wrote the version.
    case_id TEXT REFERENCES case_file (id),
    body_sealed BLOB NOT NULL,
    -- The code of the employer that it names, as a keyed hash; for a manager of that employer to be found by.
    employer_hash BLOB,
    created_at TEXT NOT NULL,
    -- When the import that wrote it was taken back, so that it is no version any more.
    taken_back_at TEXT,
    UNIQUE (account_id, version)
) STRICT;
CREATE UNIQUE INDEX record_current ON record (account_id) WHERE is_current;
CREATE INDEX record_employer ON record (province, employer_hash) WHERE is_current AND employer_hash IS NOT NULL;

-- 档案关闭: why a bureau closes the record of a person. It is closed since `closed_at`, until 信息采集 opens it again or the bureau takes
-- the closing back. Rows are ended and never deleted.
CREATE TABLE record_closing (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- The bureau that entered it.
    bureau TEXT NOT NULL,
    cause TEXT NOT NULL,
    since_on TEXT NOT NULL,
    closed_at TEXT,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX record_closing_one ON record_closing (account_id) WHERE closed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX record_closing_account ON record_closing (account_id);
CREATE INDEX record_closing_bureau ON record_closing (province, bureau, since_on);

-- 撤销登记: which approval two of a bureau take back, and until when its person is heard (docs/adr/0062).
CREATE TABLE annulment (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- The bureau that entered it.
    bureau TEXT NOT NULL,
    -- The approved case.
    of_case TEXT NOT NULL REFERENCES case_file (id),
    told_at TEXT NOT NULL,
    heard_until TEXT NOT NULL
) STRICT;
CREATE INDEX annulment_account ON annulment (account_id);
CREATE INDEX annulment_bureau ON annulment (province, bureau);

-- What its person says before anything is decided, once for each round of the case.
CREATE TABLE annulment_statement (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    round INTEGER NOT NULL,
    said_sealed BLOB NOT NULL,
    said_at TEXT NOT NULL,
    PRIMARY KEY (case_id, round)
) STRICT;

-- 单位管理员: which employer a case claims (docs/adr/0041).
CREATE TABLE employer_claim (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX employer_claim_account ON employer_claim (account_id);

-- Who manages an employer; rows are ended and never deleted.
CREATE TABLE employer_manager (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    code TEXT NOT NULL,
    -- As `employer_hash` of the records.
    code_hash BLOB NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    -- Of whoever was approved; nothing where the identity service of the province named them (法人用户登录).
    case_id TEXT UNIQUE REFERENCES case_file (id),
    -- Which bureau reviews what they file.
    bureau TEXT NOT NULL,
    since TEXT NOT NULL,
    -- When those who work there were last looked for; long ago at first.
    asked_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX employer_manager_one ON employer_manager (province, code) WHERE ended_at IS NULL;
CREATE INDEX employer_manager_account ON employer_manager (account_id);
CREATE INDEX employer_manager_asked ON employer_manager (asked_at, id) WHERE ended_at IS NULL;

-- Whether somebody lets a manager see that they work there, and what the manager says to it.
CREATE TABLE employment (
    id TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES employer_manager (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    asked_at TEXT NOT NULL,
    -- `confirmed` or `refused`; empty before.
    answer TEXT NOT NULL,
    answered_at TEXT,
    -- Of the manager: `confirmed` or `denied`; empty before.
    word TEXT NOT NULL,
    word_at TEXT,
    UNIQUE (manager_id, account_id)
) STRICT;
CREATE INDEX employment_account ON employment (account_id);

-- 单位确认: what a person asked of the administrator of an employer, who answers by the link in a message, once (docs/adr/0060).
CREATE TABLE employer_confirmation (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    code TEXT NOT NULL,
    employer_name TEXT NOT NULL,
    manager_id TEXT NOT NULL REFERENCES employer_manager (id),
    link_hash BLOB NOT NULL UNIQUE,
    -- The number to which the message went: the link serves as long as the administrator has it.
    mobile_hash BLOB NOT NULL,
    asked_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- `confirmed`, `refused` or `withdrawn`; empty before.
    answer TEXT NOT NULL,
    reason_sealed BLOB,
    answered_at TEXT
) STRICT;
CREATE INDEX employer_confirmation_account ON employer_confirmation (account_id, asked_at);
CREATE INDEX employer_confirmation_manager ON employer_confirmation (manager_id);

-- 单位内部培训: what an employer filed (docs/adr/0042).
CREATE TABLE training_class (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    manager_id TEXT NOT NULL REFERENCES employer_manager (id),
    title TEXT NOT NULL,
    programme TEXT NOT NULL,
    teacher TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    -- In hundredths.
    credits INTEGER NOT NULL,
    -- `own` people of the employer, or `all` where it is an institution.
    audience TEXT NOT NULL
) STRICT;
CREATE INDEX training_class_manager ON training_class (manager_id);

-- 培训机构: employers that the province admits, whose classes are open to everybody (docs/adr/0042).
CREATE TABLE institution (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    admitted_by TEXT NOT NULL REFERENCES staff (id),
    admitted_at TEXT NOT NULL,
    ended_by TEXT REFERENCES staff (id),
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX institution_one ON institution (province, code) WHERE ended_at IS NULL;

-- 学分显示不全: what somebody asked the manager of their employer, and what was answered.
CREATE TABLE class_request (
    id TEXT PRIMARY KEY,
    employment_id TEXT NOT NULL REFERENCES employment (id),
    year INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT
) STRICT;
CREATE UNIQUE INDEX class_request_open ON class_request (employment_id, year) WHERE answered_at IS NULL;
CREATE INDEX class_request_employment ON class_request (employment_id);

-- Its results, of which one stands or waits at a time; who is in them lies sealed in the rounds of the case.
CREATE TABLE class_results (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    class_id TEXT NOT NULL REFERENCES training_class (case_id),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    people INTEGER NOT NULL,
    passed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX class_results_one ON class_results (class_id) WHERE is_open;
CREATE INDEX class_results_class ON class_results (class_id);

-- 信息登记表（电子签名件） of a version of a record, as it was signed. A row is never changed but for its end (docs/adr/0038).
CREATE TABLE record_extract (
    number TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    record_id TEXT NOT NULL REFERENCES record (id),
    province TEXT NOT NULL,
    -- Who it was by name and document; where one of them changes, it ends.
    holder TEXT NOT NULL,
    document_hash BLOB NOT NULL,
    issuer TEXT NOT NULL,
    bureau_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    approved_on TEXT NOT NULL,
    statement TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX record_extract_one ON record_extract (account_id) WHERE ended_at IS NULL;
CREATE INDEX record_extract_account ON record_extract (account_id);
CREATE INDEX record_extract_record ON record_extract (record_id);

-- 学分: rows that are only added (docs/adr/0036). What is taken back is a further row that names the first; a source books once.
CREATE TABLE credit_entry (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- The learning year.
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    -- In hundredths; below nothing where it takes another row back.
    amount INTEGER NOT NULL,
    source_kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    -- The kind and the version of the rule that it was reckoned by.
    rule TEXT NOT NULL,
    arithmetic TEXT NOT NULL,
    booked_by TEXT NOT NULL,
    booked_at TEXT NOT NULL,
    reverses TEXT REFERENCES credit_entry (id),
    -- Which date decided the learning year, in words; empty where none did, or where it is not known.
    decided TEXT NOT NULL,
    -- The bureau that had the record of the person when it was booked; of a reversal, that of the row that it takes back.
    bureau TEXT
) STRICT;
CREATE UNIQUE INDEX credit_entry_source ON credit_entry (source_kind, source_id) WHERE reverses IS NULL;
CREATE UNIQUE INDEX credit_entry_reverses ON credit_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX credit_entry_account ON credit_entry (account_id, year, booked_at, id);
-- What goes to the national platform.
CREATE INDEX credit_entry_booked ON credit_entry (province, booked_at, id);

-- 学分折算: what a case asks to have converted. The answers are in the draft and in the rounds, sealed.
CREATE TABLE conversion (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- 子选项; empty for none.
    choice TEXT NOT NULL,
    -- What it gives as it was reckoned when it was handed in, then as it was booked; in hundredths, 0 before.
    amount INTEGER NOT NULL,
    -- What its approval found it worth before the cap of the year, in hundredths; 0 before.
    worth INTEGER NOT NULL DEFAULT 0,
    -- What makes two of one person the same, as a keyed hash, while it is handed in, returned or approved.
    same_hash BLOB
) STRICT;
CREATE UNIQUE INDEX conversion_same ON conversion (account_id, same_hash) WHERE same_hash IS NOT NULL;
CREATE INDEX conversion_account ON conversion (account_id, year);

-- 备查: the bureau asks for the originals of an approved conversion; they come as files of the case, in a slot of their own.
CREATE TABLE inspection (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    -- What the person reads.
    asked TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    -- The last day, in China.
    due_on TEXT NOT NULL,
    -- `in_order` or `failed`; empty while it is open.
    outcome TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX inspection_open ON inspection (case_id) WHERE outcome = '';
CREATE INDEX inspection_case ON inspection (case_id, asked_at, id);

-- 诚信档案: what a bureau found to be false or missing when it took an approval back. A note is written once and stays.
CREATE TABLE integrity_note (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    case_id TEXT NOT NULL REFERENCES case_file (id),
    -- What the person reads.
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    noted_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX integrity_note_case ON integrity_note (case_id);
CREATE INDEX integrity_note_account ON integrity_note (account_id, noted_at, id);

-- 诚信录入: the reward that a case asks to have recorded (手册乙 8).
CREATE TABLE reward (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    body TEXT NOT NULL,
    granted_on TEXT NOT NULL,
    -- 文号; empty for none.
    number TEXT NOT NULL
) STRICT;
CREATE INDEX reward_account ON reward (account_id);

-- 行政处罚 as a bureau entered it; what else there is lies sealed in the rounds of the case.
CREATE TABLE penalty (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- The bureau that entered it.
    bureau TEXT NOT NULL,
    body TEXT NOT NULL,
    number TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    -- Codes, joined by commas.
    kinds TEXT NOT NULL
) STRICT;
CREATE INDEX penalty_account ON penalty (account_id);
CREATE INDEX penalty_bureau ON penalty (province, bureau, decided_on);

-- 跨省调出: where the record of a person goes. It has left since `left_at`, until 信息采集 with a package from elsewhere is approved here.
CREATE TABLE departure (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- The key of a place (provinces/data/places.toml).
    destination TEXT NOT NULL,
    -- Keyed hash of the number of the document, by which the destination finds it where it is served here.
    document_hash BLOB NOT NULL,
    -- Names the package, however often it is made.
    package_id TEXT NOT NULL UNIQUE,
    left_at TEXT,
    -- The file as it was made last, locked for the destination.
    package BLOB,
    packed_at TEXT
) STRICT;
CREATE INDEX departure_account ON departure (account_id, left_at);
CREATE INDEX departure_document ON departure (destination, document_hash) WHERE left_at IS NOT NULL;

-- 跨省调入: the packages that were taken, each once, with the application that they filled.
CREATE TABLE received_package (
    package_id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    case_id TEXT NOT NULL REFERENCES case_file (id),
    origin TEXT NOT NULL,
    -- 密钥编号 of the signature.
    key_id TEXT NOT NULL,
    -- The whole package, for the person and whoever reviews.
    body_sealed BLOB NOT NULL,
    received_at TEXT NOT NULL
) STRICT;
CREATE INDEX received_package_case ON received_package (case_id);
CREATE INDEX received_package_account ON received_package (account_id, received_at);

-- 诚信档案: rewards and penalties. Rows are only added; what is taken back is a further row that names the first.
CREATE TABLE integrity_entry (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    -- `reward`, `penalty` or `annulment`.
    kind TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    -- The name of a reward, the kinds of a penalty, what was annulled.
    title TEXT NOT NULL,
    -- The level of a reward; empty for a penalty.
    level TEXT NOT NULL,
    body TEXT NOT NULL,
    number TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    -- The law of a penalty with its articles; empty for a reward.
    basis TEXT NOT NULL,
    -- `until` a day, for `life`, or empty.
    ban TEXT NOT NULL,
    ban_until TEXT,
    bureau TEXT NOT NULL,
    -- Who of the staff entered it; none where the person did.
    entered_by TEXT REFERENCES staff (id),
    confirmed_by TEXT NOT NULL REFERENCES staff (id),
    recorded_at TEXT NOT NULL,
    reverses TEXT REFERENCES integrity_entry (id),
    -- `revoked`, `removed` or `corrected`: what becomes of the other row; empty where it takes none back.
    ending TEXT NOT NULL,
    -- Why it does; empty where it takes none.
    reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX integrity_entry_case ON integrity_entry (case_id) WHERE reverses IS NULL;
CREATE UNIQUE INDEX integrity_entry_reverses ON integrity_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX integrity_entry_account ON integrity_entry (account_id, recorded_at, id);
CREATE INDEX integrity_entry_decided ON integrity_entry (province, kind, decided_on, id);

-- 处罚异议 (docs/adr/0054). An entry is named by the case that recorded it.
CREATE TABLE objection (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    of_case TEXT NOT NULL REFERENCES case_file (id),
    -- `removed`, `corrected` or `upheld`, with the answer; both are empty before.
    outcome TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX objection_account ON objection (account_id);
CREATE INDEX objection_of ON objection (of_case);

-- 网校: what a province says of a school, and for which years it is open (docs/adr/0039).
CREATE TABLE school (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    -- Names it in tickets; never changed.
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    intro TEXT NOT NULL,
    fees TEXT NOT NULL,
    -- 网址 for people, and the address that tickets are posted to.
    site TEXT NOT NULL,
    entry TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- The networks that its programs call from, joined by commas; empty for any.
    ranges TEXT NOT NULL,
    -- Learning years that it is open for, the newest first, joined by commas.
    years TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (province, code)
) STRICT;

-- 标志 of a school, drawn anew: not a file of anybody, so it lies here.
CREATE TABLE school_logo (
    school_id TEXT PRIMARY KEY REFERENCES school (id),
    body BLOB NOT NULL,
    -- The beginning of its hash: another picture has another address.
    mark TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- 报名. Of a person's schools of a year each has a place of its own, as many as the province allows.
CREATE TABLE enrolment (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    province TEXT NOT NULL,
    school_id TEXT NOT NULL REFERENCES school (id),
    year INTEGER NOT NULL,
    place INTEGER NOT NULL,
    -- Who it is, by a name that no other school knows; 22 characters.
    learner TEXT NOT NULL,
    -- The most that can be booked by it, in hundredths.
    credits INTEGER NOT NULL,
    -- Counts the changes of all enrolments of the school, in the order in which they were committed.
    change_no INTEGER NOT NULL,
    enrolled_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX enrolment_place ON enrolment (account_id, year, place) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX enrolment_school ON enrolment (account_id, year, school_id) WHERE ended_at IS NULL;
CREATE INDEX enrolment_learner ON enrolment (school_id, learner, year);
CREATE INDEX enrolment_account ON enrolment (account_id, enrolled_at);
CREATE UNIQUE INDEX enrolment_change ON enrolment (school_id, change_no);

-- 学习进度: of each enrolment the newest that the school told.
CREATE TABLE school_progress (
    enrolment_id TEXT PRIMARY KEY REFERENCES enrolment (id),
    -- In per cent or in hours, in hundredths.
    measure TEXT NOT NULL,
    amount INTEGER NOT NULL,
    -- When somebody was so far, in seconds since 1970.
    as_of INTEGER NOT NULL,
    reported_at TEXT NOT NULL
) STRICT;

-- 登录网校: a ticket is good once.
CREATE TABLE school_ticket (
    id TEXT PRIMARY KEY,
    enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX school_ticket_expiry ON school_ticket (expires_at);

-- The tokens of the programs of a school: only their hashes.
CREATE TABLE school_token (
    id TEXT PRIMARY KEY,
    school_id TEXT NOT NULL REFERENCES school (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    ended_at TEXT,
    -- When a program called with it first.
    used_at TEXT
) STRICT;
CREATE INDEX school_token_school ON school_token (school_id, created_at);

-- What one administrator asked for a school and another has to agree to: one alone could act as the school, or have its tickets.
CREATE TABLE school_approval (
    id TEXT PRIMARY KEY,
    school_id TEXT NOT NULL REFERENCES school (id),
    -- `token`, `entry` or `ranges`.
    kind TEXT NOT NULL,
    -- The address that tickets are to be posted to, or the networks that are to be called from; empty for a token.
    wanted TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- `agreed`, `refused` or `replaced`; empty while it waits.
    outcome TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX school_approval_open ON school_approval (school_id, kind) WHERE outcome = '';

-- What a school reported at once. `decided` rows of it have their outcome.
CREATE TABLE school_batch (
    id TEXT PRIMARY KEY,
    school_id TEXT NOT NULL REFERENCES school (id),
    request_key TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    received_on TEXT NOT NULL,
    -- How many rows have which outcome, and what is booked of them in hundredths; it stays when rows are forgotten.
    booked INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    -- The last day on which the outcome of every row is told; those that came to nothing are forgotten after it.
    kept_until TEXT NOT NULL,
    -- When that was done.
    swept_on TEXT,
    UNIQUE (school_id, request_key)
) STRICT;
CREATE INDEX school_batch_day ON school_batch (school_id, received_on, received_at, id);
CREATE INDEX school_batch_kept ON school_batch (kept_until) WHERE swept_on IS NULL;

-- The outcome of each row of a batch. A row of the school's own number is booked once.
CREATE TABLE school_report (
    batch_id TEXT NOT NULL REFERENCES school_batch (id),
    place INTEGER NOT NULL,
    school_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    enrolment_id TEXT,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    amount INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    field TEXT NOT NULL,
    cause TEXT NOT NULL,
    -- The day on which it was learnt, as it was sent: `2026-09-30`; empty where it was none.
    completed_on TEXT NOT NULL,
    -- Only of what is kept aside: 学员编号 as it was sent, and a keyed hash of the name.
    learner TEXT NOT NULL,
    name_mark TEXT NOT NULL,
    -- What the province says to the school about a row that fits nobody; empty while it says nothing.
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT,
    answered_at TEXT,
    PRIMARY KEY (batch_id, place)
) STRICT;
CREATE UNIQUE INDEX school_report_booked ON school_report (school_id, row_id) WHERE outcome = 'booked';
CREATE INDEX school_report_enrolment ON school_report (enrolment_id, outcome);
CREATE INDEX school_report_learner ON school_report (school_id, learner) WHERE outcome = 'quarantined';
CREATE INDEX school_report_name ON school_report (name_mark, year) WHERE outcome = 'quarantined';
-- What belongs to nobody: kept aside, or so wrong that no person is found by it.
CREATE INDEX school_report_aside ON school_report (school_id, row_id)
    WHERE outcome = 'quarantined' OR (outcome = 'refused' AND enrolment_id IS NULL);
CREATE INDEX school_report_outcome ON school_report (batch_id, outcome, place);

-- 学分显示不全: what somebody asked a school, and what it answered.
CREATE TABLE school_request (
    id TEXT PRIMARY KEY,
    school_id TEXT NOT NULL REFERENCES school (id),
    enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
    -- Counts the changes of all questions to the school, in the order in which they were committed.
    change_no INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT
) STRICT;
CREATE UNIQUE INDEX school_request_open ON school_request (enrolment_id) WHERE answered_at IS NULL;
CREATE INDEX school_request_enrolment ON school_request (enrolment_id);
CREATE UNIQUE INDEX school_request_change ON school_request (school_id, change_no);

-- 数据导入 (docs/adr/0040): a file that the staff or whoever runs the server handed in. Its rows are noted in parts, and take effect, or are
-- taken back, all at once.
CREATE TABLE import_batch (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    kind TEXT NOT NULL,
    request_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 BLOB NOT NULL,
    stage TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- Rows of the file; 0 before it was read.
    size INTEGER NOT NULL,
    -- How many of them are noted.
    decided INTEGER NOT NULL,
    -- How many of them are settled with the certificates, since it took effect or was taken back.
    settled INTEGER NOT NULL,
    -- Why the file cannot be read.
    note TEXT NOT NULL,
    -- Id of the member of the staff, or `operator`.
    received_by TEXT NOT NULL,
    received_at TEXT NOT NULL,
    asked_by TEXT REFERENCES staff (id),
    -- Who agreed last.
    agreed_by TEXT REFERENCES staff (id),
    -- Who asked for what took effect, and who agreed to that; none where whoever runs the server did.
    applied_by TEXT REFERENCES staff (id),
    confirmed_by TEXT REFERENCES staff (id),
    effective_at TEXT,
    ended_at TEXT,
    UNIQUE (province, kind, request_key)
) STRICT;
CREATE INDEX import_batch_list ON import_batch (province, received_at, id);
CREATE INDEX import_batch_work ON import_batch (stage, received_at);
-- Which files are of a batch.
CREATE INDEX import_batch_file ON import_batch (file_sha256);

-- What becomes of each row. What it says of the person is sealed.
CREATE TABLE import_row (
    batch_id TEXT NOT NULL REFERENCES import_batch (id),
    place INTEGER NOT NULL,
    line INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    document_hash BLOB NOT NULL,
    account_id TEXT REFERENCES account (id),
    -- Id of the row of the ledger, once it takes effect.
    entry_id TEXT NOT NULL,
    enrolment_id TEXT REFERENCES enrolment (id),
    -- A keyed hash of what makes two rows the same; empty where it is wrong.
    same_mark TEXT NOT NULL,
    -- What makes it the same as a conversion, as that keeps it; NULL for none.
    same_hash BLOB,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    amount INTEGER NOT NULL,
    rule TEXT NOT NULL,
    arithmetic TEXT NOT NULL,
    -- Which date decided the learning year, in words; empty where none did.
    decided TEXT NOT NULL,
    detail_sealed BLOB NOT NULL,
    PRIMARY KEY (batch_id, place)
) STRICT;
CREATE INDEX import_row_outcome ON import_row (batch_id, outcome, place);
CREATE INDEX import_row_waiting ON import_row (document_hash) WHERE outcome = 'later';
CREATE INDEX import_row_account ON import_row (account_id, batch_id) WHERE account_id IS NOT NULL;
CREATE INDEX import_row_same ON import_row (same_mark) WHERE same_mark <> '';
CREATE INDEX import_row_enrolment ON import_row (enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX import_row_document ON import_row (batch_id, document_hash) WHERE outcome IN ('ready', 'later');

-- The version of a record that a row of a file of the national platform would write, or wrote (docs/adr/0061).
CREATE TABLE record_copy (
    batch_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    record_id TEXT NOT NULL UNIQUE,
    -- The version that it was compared with; 0 for none.
    base_version INTEGER NOT NULL,
    bureau TEXT NOT NULL,
    -- As of when the platform says so.
    updated_on TEXT NOT NULL,
    body_sealed BLOB NOT NULL,
    employer_hash BLOB,
    PRIMARY KEY (batch_id, place),
    FOREIGN KEY (batch_id, place) REFERENCES import_row (batch_id, place)
) STRICT;

CREATE TABLE message (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    case_id TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE INDEX message_account ON message (account_id, at);

-- 通知公告, 操作指南, 政策法规 and 常见问题 (docs/adr/0056): `stage` and `nth` are of the newest version.
CREATE TABLE portal_text (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    nth INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX portal_text_list ON portal_text (province, kind, id);

-- Every version is kept. Readers have those that are published from `shown_from` to `shown_until`, and until another takes their place.
CREATE TABLE portal_version (
    text_id TEXT NOT NULL REFERENCES portal_text (id),
    nth INTEGER NOT NULL,
    province TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_published INTEGER NOT NULL CHECK (is_published IN (0, 1)),
    audience TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- 1 for what stands first, 0 for everything else.
    pin INTEGER NOT NULL,
    listed_on TEXT NOT NULL,
    shown_from TEXT NOT NULL,
    shown_until TEXT,
    replaced_on TEXT,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issued_on TEXT,
    effective_on TEXT,
    repealed_on TEXT,
    repealed_by TEXT NOT NULL,
    -- Written at publication, for the search: title, number and issuer without blanks; and all of it.
    head TEXT NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Why it was given back; empty where it was not.
    note TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES staff (id),
    written_at TEXT NOT NULL,
    publisher_id TEXT REFERENCES staff (id),
    published_at TEXT,
    PRIMARY KEY (text_id, nth)
) STRICT;
CREATE INDEX portal_version_shown ON portal_version (province, kind, pin, listed_on, text_id) WHERE is_published;

-- What the search reads of every published version, and so in rows of its own: the pinyin initials of title, subject, number and issuer, and a
-- letter for each character of all of it.
CREATE TABLE portal_shape (
    text_id TEXT NOT NULL,
    nth INTEGER NOT NULL,
    province TEXT NOT NULL,
    initials TEXT NOT NULL,
    shape TEXT NOT NULL,
    PRIMARY KEY (text_id, nth),
    FOREIGN KEY (text_id, nth) REFERENCES portal_version (text_id, nth)
) STRICT;
CREATE INDEX portal_shape_province ON portal_shape (province);

-- The files of a text, from the version with which they came to before the one without them. Pictures were drawn anew.
CREATE TABLE portal_file (
    id TEXT PRIMARY KEY,
    text_id TEXT NOT NULL REFERENCES portal_text (id),
    since_nth INTEGER NOT NULL,
    until_nth INTEGER,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES staff (id),
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX portal_file_text ON portal_file (text_id);
CREATE INDEX portal_file_sha256 ON portal_file (sha256);

-- Whether a 常见问题 was of use. `voter` is a keyed hash.
CREATE TABLE portal_vote (
    text_id TEXT NOT NULL REFERENCES portal_text (id),
    voter BLOB NOT NULL,
    is_useful INTEGER NOT NULL CHECK (is_useful IN (0, 1)),
    voted_at TEXT NOT NULL,
    PRIMARY KEY (text_id, voter)
) STRICT;

-- A row wins over provinces/data/bureaus.csv, also where it is empty.
CREATE TABLE bureau_contact (
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    hours TEXT NOT NULL,
    -- What it wants of people who are transferred to it.
    wants TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_by TEXT NOT NULL REFERENCES staff (id),
    updated_at TEXT NOT NULL,
    PRIMARY KEY (province, bureau)
) STRICT;

-- What people waited for a bureau, counted once a day; cases is 0 where there were too few to say anything.
CREATE TABLE bureau_wait (
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    counted_on TEXT NOT NULL,
    cases INTEGER NOT NULL,
    half_days INTEGER NOT NULL,
    most_days INTEGER NOT NULL,
    PRIMARY KEY (province, bureau)
) STRICT;

-- 提醒: each is there once, however often and on however many servers it is looked for (docs/adr/0057).
CREATE TABLE reminder (
    account_id TEXT NOT NULL REFERENCES account (id),
    what TEXT NOT NULL,
    -- A case, a learning year or a paper.
    about TEXT NOT NULL,
    -- The mark before the deadline.
    mark_on TEXT NOT NULL,
    told_at TEXT NOT NULL,
    PRIMARY KEY (account_id, what, about, mark_on)
) STRICT;

-- How far the walk over all records has come, for each mark of each learning year; '~' at its end.
CREATE TABLE reminder_walk (
    name TEXT PRIMARY KEY,
    after_id TEXT NOT NULL
) STRICT;

-- Who wants reminders by SMS too; whoever has no row does not.
CREATE TABLE reminder_choice (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    by_sms INTEGER NOT NULL CHECK (by_sms IN (0, 1)),
    chosen_at TEXT NOT NULL
) STRICT;

-- 咨询: what somebody asks their own bureau, and the answer, sealed both.
CREATE TABLE question (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    request_key TEXT NOT NULL,
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    page TEXT NOT NULL,
    text_sealed BLOB NOT NULL,
    pictures INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    answer_sealed BLOB,
    answered_by TEXT REFERENCES staff (id),
    answered_at TEXT,
    -- The draft of a 常见问题 that was made of it.
    text_id TEXT REFERENCES portal_text (id),
    UNIQUE (account_id, request_key)
) STRICT;
CREATE INDEX question_account ON question (account_id, asked_at, id);
CREATE INDEX question_open ON question (province, bureau, due_on, id) WHERE answered_at IS NULL;
CREATE INDEX question_answered ON question (province, bureau, answered_at, id) WHERE answered_at IS NOT NULL;
CREATE INDEX question_settled ON question (province, answered_at, id) WHERE answered_at IS NOT NULL;

-- Drawn anew, small, and sealed.
CREATE TABLE question_picture (
    question_id TEXT NOT NULL REFERENCES question (id),
    place INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    PRIMARY KEY (question_id, place)
) STRICT;

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    payload_sealed BLOB NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    run_after TEXT NOT NULL,
    locked_until TEXT,
    -- When it loses its meaning; what left keeps nothing of what it said.
    expires_at TEXT,
    created_at TEXT NOT NULL,
    done_at TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (state, run_after);

CREATE TABLE sent_sms (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    purpose TEXT NOT NULL,
    payload_sealed BLOB NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    request_key TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, request_key)
) STRICT;

CREATE TABLE serial (
    name TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until_at TEXT NOT NULL
) STRICT;

-- The database knows which keys it needs, by ids that tell nothing of the keys, so that nobody serves it with others.
CREATE TABLE key_needed (
    name TEXT PRIMARY KEY,
    id BLOB NOT NULL
) STRICT;

CREATE TABLE audit_head (
    chain INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
    chain INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT;
CREATE INDEX audit_object ON audit (object_kind, object_id);

-- Append only, whatever the role: a chain that can be rewritten proves nothing.
-- The head of a chain follows its last row.
CREATE TRIGGER audit_head_follows AFTER INSERT ON audit
BEGIN UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain; END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
-- REPLACE deletes without asking the triggers of deletion, whether it names the row by its key or by its rowid.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE chain = NEW.chain AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM audit WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- Nor can credits be written anew.
CREATE TRIGGER credit_entry_no_update BEFORE UPDATE ON credit_entry BEGIN SELECT RAISE(ABORT, 'credit_entry is append-only'); END;
CREATE TRIGGER credit_entry_no_delete BEFORE DELETE ON credit_entry BEGIN SELECT RAISE(ABORT, 'credit_entry is append-only'); END;
CREATE TRIGGER credit_entry_no_replace BEFORE INSERT ON credit_entry
WHEN EXISTS (SELECT 1 FROM credit_entry WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM credit_entry WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'credit_entry is append-only'); END;
-- What a source has booked before, or takes back a second time, is passed over, also where it would replace the first.
CREATE TRIGGER credit_entry_once BEFORE INSERT ON credit_entry
WHEN EXISTS (SELECT 1 FROM credit_entry
        WHERE source_kind = NEW.source_kind AND source_id = NEW.source_id AND reverses IS NULL AND NEW.reverses IS NULL)
    OR EXISTS (SELECT 1 FROM credit_entry WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(IGNORE); END;

-- Nor can the integrity record.
CREATE TRIGGER integrity_entry_no_update BEFORE UPDATE ON integrity_entry
BEGIN SELECT RAISE(ABORT, 'integrity_entry is append-only'); END;
CREATE TRIGGER integrity_entry_no_delete BEFORE DELETE ON integrity_entry
BEGIN SELECT RAISE(ABORT, 'integrity_entry is append-only'); END;
CREATE TRIGGER integrity_entry_no_replace BEFORE INSERT ON integrity_entry
WHEN EXISTS (SELECT 1 FROM integrity_entry WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM integrity_entry WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM integrity_entry WHERE case_id = NEW.case_id AND reverses IS NULL AND NEW.reverses IS NULL)
    OR EXISTS (SELECT 1 FROM integrity_entry WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'integrity_entry is append-only'); END;
