//! How the plain pages look to whoever asks, said around their routes.

use app::plain::Look;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::{Owner, provide_context};
use leptos::reactive::computed::ScopedFuture;
use service::Services;

/// What a plain page is drawn with beside its data lies in the context of its route, as that of the other pages does.
pub async fn looking(State(services): State<Services>, request: Request, next: Next) -> Response {
    let look = Look::of(request.uri().path(), request.headers(), services.today(), services.is_demo);
    let owner = Owner::new();
    let answer = owner.with(move || {
        provide_context(look);
        ScopedFuture::new_untracked(next.run(request))
    });
    answer.await
}
