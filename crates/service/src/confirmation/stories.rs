//! Stories of 单位确认, each on both engines.

mod leaning;
mod links;

use chrono::Duration;
use domain::case::{CaseKind, Refusal, Status};
use domain::confirmation::Said;
use domain::confirmation::forms::{AnswerForm, AskForm, WithdrawForm};
use domain::confirmation::view::{ConfirmationLine, Stands};
use domain::fault::{Fault, FieldErrors};

use super::*;
use crate::account::stories::sent;
use crate::employer::stories::{CODE, colleague, manager_to_be, managing};
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, SIBLING, assert_audit_stands, assert_not_found, refusal, reviewer};
use crate::testing::{House, both};

const ORIGIN: &str = "https://kj.example.gov.cn";
const NAME: &str = "长沙某某有限公司";
/// The telephone of the administrator.
const BOSS: &str = "13900001234";

/// A house that knows its address, so that its messages carry links.
fn linking(mut house: House) -> House {
    house.services = house.services.with(|rooms| rooms.origin = Some(ORIGIN.into()));
    house
}

/// Somebody, and the administrator of their employer.
async fn two(house: &House) -> (Visit, Visit) {
    let (boss, person) = (manager_to_be(house).await, colleague(house).await);
    managing(house, &boss).await;
    (house.again(&boss).await, house.again(&person).await)
}

async fn ask(visit: &Visit, code: &str) -> Result<(), Failure> {
    ask_employer(visit, &AskForm { code: code.into() }).await
}

/// Whoever opens a link: nobody that the house knows.
async fn anybody(house: &House) -> Visit {
    house.visit(None).await
}

/// The last message of 单位确认 to a number.
async fn told(house: &House, mobile: &str) -> String {
    sent(house, mobile).await.into_iter().rfind(|(purpose, _, _)| purpose == "confirmation").unwrap().1
}

/// The secret in it.
async fn link(house: &House, mobile: &str) -> String {
    let text = told(house, mobile).await;
    let (_, rest) = text.split_once(&format!("{ORIGIN}/hunan/confirm/")).unwrap();
    rest.split_once(' ').unwrap().0.to_owned()
}

/// A question that waits; answers the secret of its link.
async fn asked(house: &House, visit: &Visit) -> String {
    ask(visit, CODE).await.unwrap();
    link(house, BOSS).await
}

async fn say(house: &House, secret: &str, answer: &str, reason: &str) -> Result<Said, Failure> {
    let form = AnswerForm { answer: answer.into(), reason: reason.into() };
    answer_confirmation(&anybody(house).await, secret, &form).await
}

async fn newest(visit: &Visit) -> ConfirmationLine {
    confirmations_view(visit).await.unwrap().lines.remove(0)
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

fn faults<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}
