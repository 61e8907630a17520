//! The forms of 诚信.

use chrono::NaiveDate;

use super::{Article, IntegrityRules, Law, Laws, Penalty, PenaltyKind, Reward};
use crate::fault::{Fault, FieldErrors};
use crate::identity::DocumentKind;
use crate::named::{Named, past, text};
use crate::text::{length, tidy};

crate::form! {
    /// A reward as it is begun.
    pub struct RewardForm {
        /// 奖励名称.
        name,
        /// 级别.
        level,
        /// 授予单位.
        body,
        /// 授予日期.
        granted_on,
        /// 文号.
        number,
    }
}

crate::form! {
    /// 提交 of a reward, with what it is as it stands on the page.
    pub struct HandRewardForm {
        /// Id of the case.
        case,
        /// 奖励名称.
        name,
        /// 级别.
        level,
        /// 授予单位.
        body,
        /// 授予日期.
        granted_on,
        /// 文号.
        number,
        /// `yes` where the promise was ticked.
        agreed,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 删除 of a reward that is a draft, waits or was returned (手册乙 8.3).
    pub struct DropRewardForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
    }
}

crate::form! {
    /// A penalty that a bureau enters, or enters once more after a second person refused it.
    pub struct PenaltyForm {
        /// Id of the case that was refused; empty for a new one.
        case,
        /// 证件类型 of the person; not asked again after a refusal.
        document_kind,
        /// 证件号码.
        document_number,
        /// 姓名.
        name,
        /// 处罚决定机关.
        body,
        /// 处罚决定书文号.
        number,
        /// 处罚决定日期.
        decided_on,
        /// 处罚种类, codes joined by commas.
        kinds,
        /// 法律依据, codes of articles joined by commas.
        articles,
        /// 违法事实.
        facts,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

impl HandRewardForm {
    /// What it says of the reward.
    #[must_use]
    pub fn reward(&self) -> RewardForm {
        let Self { name, level, body, granted_on, number, .. } = self.clone();
        RewardForm { name, level, body, granted_on, number }
    }
}

impl RewardForm {
    /// As a reward stands in the form.
    #[must_use]
    pub fn of(reward: &Reward) -> Self {
        Self {
            name: reward.name.clone(),
            level: reward.level.clone(),
            body: reward.body.clone(),
            granted_on: reward.granted_on.to_string(),
            number: reward.number.clone(),
        }
    }

    /// Everything that is wrong with it, or the reward.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `NotADate` and `InTheFuture` at their fields; `NotInList` at `level` for one below the
    /// lowest that was taken on that day.
    pub fn check(&self, rules: &IntegrityRules, today: NaiveDate) -> Result<Reward, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = text("name", tidy(&self.name), (2, 100), &mut errors);
        let level = tidy(&self.level);
        match rules.level(&level) {
            None if level.is_empty() => errors.push("level", Fault::Missing),
            None => errors.push("level", Fault::NotInList),
            Some(_) => {}
        }
        let body = text("body", tidy(&self.body), (2, 100), &mut errors);
        let granted_on = past("granted_on", &self.granted_on, today, &mut errors);
        if granted_on.is_some_and(|on| !rules.takes(&level, on)) {
            errors.push("level", Fault::NotInList);
        }
        let number = tidy(&self.number);
        if length(&number) > LONGEST_NUMBER {
            errors.push("number", Fault::TooLong(LONGEST_NUMBER));
        }
        match granted_on {
            Some(granted_on) => errors.or(Reward { name, level, body, granted_on, number }),
            None => Err(errors),
        }
    }
}

/// Characters of a document number.
const LONGEST_NUMBER: u32 = 60;

impl PenaltyForm {
    /// Everything that is wrong with it, or the penalty, with whom it is about where it is entered for the first time.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `NotADate`, `InTheFuture` and the faults of a document at their fields; `TooEarly` at
    /// `decided_on` before the first law that is known; `NotInList` at `articles` for one that was not in force on that day and at
    /// `kinds` for a kind that no chosen article provides; `DuplicateRow` at `kinds` for both bans.
    pub fn check(&self, laws: &Laws, kinds: &[DocumentKind], today: NaiveDate) -> Result<(Option<Named>, Penalty), FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = (self.document_kind.as_str(), self.document_number.as_str(), self.name.as_str());
        let of = if self.case.is_empty() { Named::check(typed, kinds, today, &mut errors) } else { None };
        let body = text("body", tidy(&self.body), (2, 100), &mut errors);
        let number = text("number", tidy(&self.number), (2, LONGEST_NUMBER), &mut errors);
        let decided_on = past("decided_on", &self.decided_on, today, &mut errors);
        let law = decided_on.and_then(|on| laws.in_force(on));
        if decided_on.is_some() && law.is_none() {
            errors.push("decided_on", Fault::TooEarly);
        }
        let articles = law.map(|law| self.articles(law, &mut errors)).unwrap_or_default();
        let chosen = self.kinds(&articles, law.is_some(), &mut errors);
        let facts = text("facts", tidy(&self.facts), (2, 500), &mut errors);
        match (decided_on, law) {
            (Some(decided_on), Some(law)) => {
                let articles = articles.iter().map(|article| article.label.clone()).collect();
                let penalty = Penalty { body, number, decided_on, kinds: chosen, law: law.name.clone(), articles, facts };
                errors.or((of, penalty))
            }
            _ => Err(errors),
        }
    }

    fn articles<'a>(&self, law: &'a Law, errors: &mut FieldErrors) -> Vec<&'a Article> {
        let codes: Vec<&str> = self.articles.split(',').map(str::trim).filter(|code| !code.is_empty()).collect();
        if codes.is_empty() {
            errors.push("articles", Fault::Missing);
        }
        if codes.iter().any(|code| law.articles.iter().all(|article| article.code != *code)) {
            errors.push("articles", Fault::NotInList);
        }
        law.articles.iter().filter(|article| codes.contains(&article.code.as_str())).collect()
    }

    /// `has_law` is whether the articles could be looked up.
    fn kinds(&self, articles: &[&Article], has_law: bool, errors: &mut FieldErrors) -> Vec<PenaltyKind> {
        let Some(kinds) = PenaltyKind::list(&self.kinds) else {
            errors.push("kinds", Fault::NotInList);
            return Vec::new();
        };
        let is_provided = |kind: &PenaltyKind| articles.iter().any(|article| article.kinds.contains(kind));
        if kinds.is_empty() {
            errors.push("kinds", Fault::Missing);
        } else if kinds.contains(&PenaltyKind::BanFive) && kinds.contains(&PenaltyKind::BanLife) {
            errors.push("kinds", Fault::DuplicateRow);
        } else if has_law && !articles.is_empty() && !kinds.iter().all(is_provided) {
            errors.push("kinds", Fault::NotInList);
        }
        kinds
    }
}
