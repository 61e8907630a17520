//! 网站内容: a province with many texts, for the search over all of them.

use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use chrono::Duration;
use domain::id::StaffId;
use domain::portal::{Audience, Regulation, Subject, Text, TextKind, TextStage};
use service::{Failure, Services};
use store::Tx;
use store::portal::text::TextRow;
use store::portal::version::VersionRow;
use store::staff::people::PeopleFilter;

use crate::client::{self, Connection};
use crate::load::Measured;
use crate::target::Target;

/// Texts that are written in one transaction.
const BATCH: u64 = 500;
/// Sentences of a text; with all of them it has some 1,000 characters.
const SENTENCES: u64 = 36;
const WHO: [&str; 9] = [
    "会计专业技术人员",
    "用人单位",
    "县级以上地方人民政府财政部门",
    "省级财政部门",
    "继续教育机构",
    "申请人",
    "审核人员",
    "主管部门",
    "代理记账机构",
];
const MAY: [&str; 7] = ["应当", "可以", "不得", "按照规定", "自收到之日起五个工作日内", "在每年十二月三十一日前", "通过信息系统"];
const DOES: [&str; 11] = [
    "参加公需科目和专业科目的学习",
    "登记所取得的学分",
    "核对证件号码和姓名",
    "上传证明材料的扫描件",
    "办理单位信息变更",
    "公布办事依据和联系电话",
    "保存原始凭证以备查验",
    "对弄虚作假的予以通报",
    "向所在地财政局提出申请",
    "更正学历和职称信息",
    "告知审核结果和理由",
];

/// Milliseconds that a search may take, its page included.
const GOAL: f64 = 20.0;
/// Searches of each kind, behind those that warm up.
const SEARCHES: u64 = 200;
const WARMING: u64 = 20;
/// By characters that many texts have, that few have, several at once, by initials, and what no text has: all of them are read for that.
const LOOKED_FOR: [(&str, &str); 5] = [
    ("characters of many", "%E7%BB%A7%E7%BB%AD%E6%95%99%E8%82%B2"),
    ("characters of few", "%E8%B4%A2%E4%BC%9A%E3%80%942026%E3%80%9517%E5%8F%B7"),
    ("two words", "%E5%AD%A6%E5%8E%86+%E4%BB%A3%E7%90%86%E8%AE%B0%E8%B4%A6"),
    ("initials", "jxjy"),
    ("nothing", "%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D"),
];

/// Searches one after the other, as one person does, and says the median and the nineteen-twentieths against the goal.
pub async fn measure(engine: &str, (province, texts): (&str, u64), target: &Target) -> Result<()> {
    let mut connection = Connection::open(target.port).await?;
    for (what, words) in LOOKED_FOR {
        let path = format!("/{province}/search?words={words}");
        let mut measured = Measured::default();
        for n in 0..WARMING + SEARCHES {
            let begun = Instant::now();
            let answer = connection.ask(&client::get(&path, None, 0, n)).await?;
            ensure!(answer.status == 200, "{what}: {}", answer.status);
            if n >= WARMING {
                measured.times.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
        measured.times.sort_by(f64::total_cmp);
        let (middle, most) = (measured.quantile(0.5), measured.quantile(0.95));
        let held = if most <= GOAL { "held" } else { "MISSED" };
        let name = format!("search for {what}, {texts} texts");
        println!("{engine:<9} {name:<46} p50 {middle:>6.1} ms   p95 {most:>6.1} ms   goal {GOAL} ms {held}");
    }
    Ok(())
}

/// Writes so many published texts of all kinds.
pub async fn write(services: &Services, province: &str, texts: u64) -> Result<()> {
    let broken = |failure: Failure| anyhow!("{failure}");
    let filter = PeopleFilter { province, bureau: None, name: "", after: None, limit: 1 };
    let staff = services.db.read().await?.list_people(filter).await?;
    let author = staff.first().context("nobody in the demonstration")?.id.clone();
    for batch in 0..texts.div_ceil(BATCH) {
        let (work, key, author) = (services.clone(), province.to_owned(), author.clone());
        let numbers = batch * BATCH..((batch + 1) * BATCH).min(texts);
        let written = services.db.write(move |tx| {
            Box::pin(async move {
                for n in numbers {
                    write_text(tx, &work, &key, &author, n).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        written.await.map_err(broken)?;
    }
    Ok(())
}

async fn write_text(tx: &mut Tx, services: &Services, province: &str, author: &StaffId, n: u64) -> Result<(), Failure> {
    let at = |list: &[&'static str], by: u64| list[usize::try_from(by).unwrap_or(0) % list.len()];
    let kind = TextKind::ALL[usize::try_from(n).unwrap_or(0) % TextKind::ALL.len()];
    let sentence = |nth: u64| {
        let by = n * 31 + nth * 7;
        format!("第{nth}条 {}{}{}。\n\n", at(&WHO, by), at(&MAY, by / 3 + nth), at(&DOES, by / 5 + nth))
    };
    let today = services.today();
    let text = Text {
        title: format!("关于{}{}的规定（{n}）", at(&WHO, n), at(&DOES, n / 9)),
        subject: Subject::ALL[usize::try_from(n).unwrap_or(0) % Subject::ALL.len()],
        audience: Audience::Everyone,
        is_pinned: false,
        shown_from: today,
        shown_until: None,
        regulation: (kind == TextKind::Regulation).then(|| Regulation {
            number: format!("财会〔2026〕{n}号"),
            issuer: "财政部".to_owned(),
            issued_on: today - Duration::days(i64::try_from(n % 3_000).unwrap_or(0)),
            effective_on: today,
            ..Regulation::default()
        }),
        body: (1..=SENTENCES).map(sentence).collect(),
    };
    let row =
        TextRow { id: services.ids.id(), province: province.to_owned(), kind, stage: TextStage::Published, nth: 1, version: 1 };
    tx.insert_text(&row).await?;
    let of = text.regulation.clone().unwrap_or_default();
    let version = VersionRow {
        text_id: row.id,
        nth: 1,
        province: row.province,
        kind,
        is_published: false,
        audience: text.audience,
        subject: text.subject,
        pin: 0,
        listed_on: text.listed_on(),
        shown_from: text.shown_from,
        shown_until: None,
        replaced_on: None,
        title: text.title.clone(),
        number: of.number,
        issuer: of.issuer,
        issued_on: text.regulation.as_ref().map(|of| of.issued_on),
        effective_on: text.regulation.as_ref().map(|of| of.effective_on),
        repealed_on: None,
        repealed_by: String::new(),
        body: text.body.clone(),
        note: String::new(),
        author_id: author.clone(),
        written_at: services.now(),
    };
    tx.insert_version(&version).await?;
    Ok(tx.publish_version(&version, &service::portal::text_index(&text), (author, services.now())).await?)
}
