//! Every function that somebody may call, begun while they may, and ended after they may no more.

use axum::http::Method;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::sockets::{FORM, answer, begin, cookies, open_router, status};
use crate::access::{FUNCTIONS, May, Town, assert_no_canary_in, is_among, state, town};
use crate::support::Browser;

/// How the sessions end meanwhile.
#[derive(Clone, Copy, Debug)]
enum End {
    SignOut,
    Idle,
    /// The reviewer is switched off, the administrator reset, and the accountant has another password.
    Taken,
}

struct Held {
    who: &'static str,
    path: &'static str,
    stream: TcpStream,
    rest: Vec<u8>,
}

/// Everybody with the functions that they may call: each post is sent but for its last byte.
async fn hold(town: &Town) -> Vec<Held> {
    let at = open_router(town.app.router_in_earnest(), town.app.house.addresses.clone()).await;
    let mut held = Vec::new();
    for (who, browser) in people(town) {
        for (path, _, form) in FUNCTIONS.iter().filter(|row| row.1 != May::Anyone && is_among(row.1, who)) {
            let body = format!("province=hunan&{}", town.filled(form)).into_bytes();
            let (begun, rest) = body.split_at(body.len() - 1);
            let stream = begin(at, path, FORM, &cookies(browser), body.len(), begun).await;
            held.push(Held { who, path, stream, rest: rest.to_vec() });
        }
    }
    held
}

fn people(town: &Town) -> impl Iterator<Item = (&'static str, &Browser)> {
    let actors = town.actors.iter().filter(|(who, _)| matches!(*who, "a reviewer" | "an administrator"));
    actors.map(|(who, browser)| (*who, browser)).chain([("the accountant", &town.owner)])
}

async fn end(town: &mut Town, way: End) {
    match way {
        End::SignOut => {
            let browsers: Vec<Browser> =
                people(town).map(|(_, browser)| browser.moved_to(town.app.router_in_earnest())).collect();
            for mut browser in browsers {
                let is_staff = browser.jar.contains_key("staff-hunan");
                let referer = format!("http://test.local/hunan/{}", if is_staff { "staff/desk" } else { "home" });
                let headers = [
                    ("content-type", "application/x-www-form-urlencoded"),
                    ("sec-fetch-site", "same-origin"),
                    ("referer", referer.as_str()),
                ];
                let left = browser.send(Method::POST, "/api/account/sign-out", &headers, b"province=hunan".to_vec()).await;
                assert!(left.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")), "{:?}", left.headers);
            }
        }
        End::Idle => town.app.clock.forward(chrono::Duration::minutes(31)),
        End::Taken => {
            let (account, now) = (town.account.clone(), town.app.services().now());
            let write = town.app.services().db.write(move |tx| {
                Box::pin(async move {
                    tx.save_password(&account, "another", now).await?;
                    tx.delete_sessions_of_account(&account).await?;
                    let reviewer = tx.find_staff_of_login("hunan", "yuhua").await?.unwrap();
                    tx.set_staff_active("hunan", &reviewer.id, reviewer.version, false).await?;
                    let administrator = tx.find_staff_of_login("hunan", "shengting").await?.unwrap();
                    tx.delete_sessions_of_staff(&administrator.id).await?;
                    Ok::<_, service::Failure>(())
                })
            });
            write.await.unwrap();
        }
    }
}

async fn nothing_comes_of_it(way: End) {
    let mut town = town().await;
    let held = hold(&town).await;
    assert!(held.len() > 45, "{} requests were held back", held.len());
    end(&mut town, way).await;
    let before = state(&town.app, &town.account).await;
    for Held { who, path, mut stream, rest } in held {
        stream.write_all(&rest).await.unwrap();
        let heard = answer(&mut stream).await;
        let text = heard.split("\r\n\r\n").nth(1).unwrap_or_default();
        let is_refused = status(&heard).starts_with('4') || text.contains("SignInAgain");
        assert!(is_refused, "{way:?}: {who} at {path}: {heard}");
        assert_no_canary_in(&town.person, who, path, &heard);
    }
    assert_eq!(state(&town.app, &town.account).await, before, "{way:?}: something was changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_before_a_sign_out_comes_to_nothing_after_it() {
    nothing_comes_of_it(End::SignOut).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_before_half_an_hour_of_nothing_comes_to_nothing_after_it() {
    nothing_comes_of_it(End::Idle).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_before_a_reset_or_a_switching_off_comes_to_nothing_after_it() {
    nothing_comes_of_it(End::Taken).await;
}
