//! The shell of every document.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::App;
use crate::speech::READ_ALOUD;

/// When the program breaks in the middle, the page is a plain one again, whose forms post by themselves.
const WHEN_BROKEN: &str = "{const stop=e=>e instanceof WebAssembly.RuntimeError&&document.documentElement.removeAttribute('data-awake');\
addEventListener('error',e=>stop(e.error));addEventListener('unhandledrejection',e=>stop(e.reason))}";

/// The document around every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    crate::request::secure();
    let display = crate::request::display();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-elder=crate::request::is_elder().then_some("yes") data-size=display.size data-contrast=display.contrast>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <script nonce=leptos::nonce::use_nonce() inner_html=WHEN_BROKEN></script>
                {crate::request::is_elder()
                    .then(|| view! { <script nonce=leptos::nonce::use_nonce() inner_html=READ_ALOUD></script> })}
                // A page that answers a post stands at another address than its program would look for.
                {(!crate::request::is_answer()).then(|| view! { <HydrationScripts options=options.clone() /> })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
