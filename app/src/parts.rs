//! The parts of the program for the browser: each is a file of its own, fetched when one of its pages is opened first
//! (docs/adr/0022). What is not named here belongs to the main program, which everybody downloads.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;

/// A page of a part.
trait Part: Copy + Send + 'static {
    /// Fetches the part, in the browser.
    #[cfg(feature = "hydrate")]
    fn fetch() -> impl Future<Output = Result<(), SplitLoaderError>>;
    /// Draws the page.
    fn draw(self) -> impl Future<Output = Result<AnyView, SplitLoaderError>>;
}

/// A page of any part, for a route. One type for all of them: the ways to a page are compiled once for each type, into the main
/// program.
macro_rules! parts {
    ($($variant:ident: $part:ident),+ $(,)?) => {
        #[derive(Clone, Copy)]
        pub enum Lazily { $($variant($part::Place)),+ }

        $(impl From<$part::Place> for Lazily {
            fn from(place: $part::Place) -> Self {
                Self::$variant(place)
            }
        })+

        impl Lazily {
            #[cfg(feature = "hydrate")]
            async fn fetch(self) -> Result<(), SplitLoaderError> {
                match self { $(Self::$variant(_) => $part::Place::fetch().await),+ }
            }

            async fn draw(self) -> Result<AnyView, SplitLoaderError> {
                match self { $(Self::$variant(place) => place.draw().await),+ }
            }
        }
    };
}

parts!(
    Account: account,
    Hub: hub,
    Form: form,
    Files: files,
    Conversion: conversion,
    Learning: learning,
    Papers: papers,
    Staff: staff,
    Desk: desk,
    Portal: portal,
    Review: review,
);

/// The page of a route.
pub fn lazily(place: impl Into<Lazily>) -> Lazily {
    place.into()
}

impl ChooseView for Lazily {
    async fn choose(self) -> AnyView {
        #[cfg(feature = "hydrate")]
        {
            let url = leptos_router::hooks::use_url().get_untracked();
            if self.fetch().await.is_err() {
                do_without(url.path(), url.search()).await;
            }
        }
        self.draw().await.unwrap_or_else(|_| ().into_any())
    }

    async fn preload(&self) {}
}

/// What becomes of a page whose part cannot be fetched. A page that is awake asks the server for the whole next page, which
/// may be one of a newer version. A page that is still waking up stays as the server drew it, and its forms post by
/// themselves: asking again would load it for ever.
#[cfg(feature = "hydrate")]
async fn do_without(path: &str, query: &str) {
    use crate::ui::browser;
    if browser::is_awake() {
        browser::ask_server(path, query);
    }
    std::future::pending::<()>().await;
}

/// A part: the name of its file, and its pages.
macro_rules! part {
    ($name:ident: $home:ident::{$first:ident $(, $second:ident)? $(,)?}) => {
        part!(#[derive(Clone, Copy)] $name: $home::{$first $(, $second)?});
    };
    ($name:ident: $home:ident::{$($page:ident),* $(,)?}) => {
        part!(
            #[derive(Clone, Copy)]
            #[expect(clippy::enum_variant_names, reason = "they are named as their components")]
            $name: $home::{$($page),*}
        );
    };
    ($name:ident: $($home:ident::{$($page:ident),* $(,)?})+) => {
        part!(
            #[derive(Clone, Copy)]
            #[expect(clippy::enum_variant_names, reason = "they are named as their components")]
            $name: $($home::{$($page),*})+
        );
    };
    ($(#[$attribute:meta])+ $name:ident: $($home:ident::{$($page:ident),*})+) => {
        pub mod $name {
            use leptos::prelude::*;
            use leptos::wasm_split::{self, SplitLoaderError};

            $(use crate::$home::{$($page),*};)+

            /// The pages of this part.
            $(#[$attribute])+
            pub enum Place { $($($page),*),+ }

            #[wasm_split::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_part))]
            fn draw_part(place: Place) -> Result<AnyView, SplitLoaderError> {
                #[cfg(feature = "ssr")]
                leptos::prefetch_lazy_fn_on_server(stringify!($name));
                Ok(match place { $($(Place::$page => view! { <$page /> }.into_any()),*),+ })
            }

            impl super::Part for Place {
                #[cfg(feature = "hydrate")]
                async fn fetch() -> Result<(), SplitLoaderError> {
                    fetch_part().await
                }

                async fn draw(self) -> Result<AnyView, SplitLoaderError> {
                    draw_part(self).await
                }
            }
        }
    };
}

part!(account: account::{
    ActivatePage, ChangeEmailPage, ChangeMobilePage, ChangePasswordPage, ForgotPage, HomeGalleryPage, HomePage,
    MessagesPage, ObjectionPage, PhoneChangePage, RegisterPage, RegisteredPage, ServicesPage, SetPasswordPage, SettingsPage, TakenPage,
});
part!(hub: intake::{BriefingPage, ExplainPage, HubPage} certificate::{CertificatePage} handover::{LentPage});
part!(form: intake::{StepPage});
// Everything that takes pictures for an application, so that this is in one part.
part!(files: intake::{AmendPage, FilesPage} handover::{PhonePage});
part!(conversion: learning::{ConversionPage});
part!(learning: learning::{ConversionsPage, LearningPage, NewConversionPage});
part!(papers: intake::{CheckPage, ProgressPage} record::{RecordPage});
part!(staff: staff::{
    ActivatePage, BootstrapPage, GalleryPage, NewPersonPage, OwnFactorPage, OwnPasswordPage, OwnSettingsPage, PeoplePage,
    PersonPage, SecondFactorPage, StaffLoginPage,
} portal::{ContactPage, ContactsPage});
// Fewer parts are fewer files of what they share.
part!(desk: review::{DeskPage, QueuePage} counter::{CorrectPage, CounterPage} school::{KeptSchoolPage, KeptSchoolsPage});
part!(portal: portal::{HotlinesPage, PortalPage, SearchPage, TextPage, TextsPage} school::{SchoolsPage});

/// A case: its page is drawn with a second part, which is fetched with it.
pub mod review {
    use leptos::prelude::*;
    use leptos::wasm_split::{self, SplitLoaderError};

    use crate::review::CasePage;
    use crate::review::dossier::{Reader, reader};

    /// The page of this part.
    #[derive(Clone, Copy)]
    pub enum Place {
        CasePage,
    }

    #[wasm_split::wasm_split(review, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_part))]
    fn draw_part(reader: Reader) -> Result<AnyView, SplitLoaderError> {
        #[cfg(feature = "ssr")]
        leptos::prefetch_lazy_fn_on_server("review");
        Ok(view! { <CasePage reader /> }.into_any())
    }

    impl super::Part for Place {
        #[cfg(feature = "hydrate")]
        async fn fetch() -> Result<(), SplitLoaderError> {
            use crate::review::dossier::fetch_dossier;
            // Side by side: the second look waits for what the first began.
            leptos::task::spawn_local(async {
                let _ = fetch_dossier().await;
            });
            fetch_part().await?;
            fetch_dossier().await
        }

        async fn draw(self) -> Result<AnyView, SplitLoaderError> {
            draw_part(reader().await?).await
        }
    }
}
