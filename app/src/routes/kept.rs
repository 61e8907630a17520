//! The routes are the same for every request, and making them takes longer than finding one: each thread of the server keeps its own.

use leptos::prelude::*;
use leptos::tachys::prelude::IntoMaybeErased;
use leptos_router::any_nested_route::AnyNestedRoute;
use leptos_router::{GeneratedRouteData, MatchNestedRoutes, RouteMatchId};

use super::AllRoutes;

thread_local! {
    static ROUTES: AnyNestedRoute = AllRoutes();
}

/// All routes of the thread.
#[derive(Clone, Copy)]
pub struct Kept;

/// All routes, made when a thread draws its first page.
#[component(transparent)]
pub fn KeptRoutes() -> Kept {
    Kept
}

impl IntoMaybeErased for Kept {
    type Output = Self;

    fn into_maybe_erased(self) -> Self {
        self
    }
}

impl MatchNestedRoutes for Kept {
    type Data = <AnyNestedRoute as MatchNestedRoutes>::Data;
    type Match = <AnyNestedRoute as MatchNestedRoutes>::Match;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Self::Match)>, &'a str) {
        let (found, left) = ROUTES.with(|routes| {
            let (found, rest) = routes.match_nested(path);
            (found, rest.len())
        });
        (found, &path[path.len() - left..])
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        ROUTES.with(|routes| routes.generate_routes().into_iter().collect::<Vec<_>>())
    }

    fn optional(&self) -> bool {
        ROUTES.with(MatchNestedRoutes::optional)
    }
}
