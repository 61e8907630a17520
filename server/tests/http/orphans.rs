//! Files that no row knows go away, and no file goes that somebody was promised.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use suanpan_server::orphans::{Swept, aside, sweep};

use crate::support::TestApp;
use crate::support::journey::Person;

const DAY: Duration = Duration::from_secs(86_400);
const NOBODYS: &str = "o-00000000000000000000000000000000000000000000000000000000000000aa";
const LATE: &str = "v-00000000000000000000000000000000000000000000000000000000000000bb";

fn files(at: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Makes a file so much older.
fn age(path: &Path, by: Duration) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(file.metadata().unwrap().modified().unwrap() - by).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_row_knows_is_set_aside_and_later_removed_and_everything_else_stays() {
    let app = TestApp::sqlite().await;
    let person = Person::new(1);
    app.browser().apply(&person).await;
    let (services, root) = (app.services(), app.folder.join("files"));
    let known = files(&root);
    assert!(known.len() > 2);
    for name in [NOBODYS, LATE] {
        services.files.put(name, b"sealed".to_vec()).await.unwrap();
    }
    assert_eq!(sweep(services, &root).await.unwrap(), Swept::default(), "its row may be on its way");
    files(&root).iter().for_each(|path| age(path, 2 * DAY));
    assert_eq!(sweep(services, &root).await.unwrap(), Swept { aside: 2, removed: 0 });
    assert!(known.iter().all(|path| path.exists()));
    // Somebody reads it after all: its row came in that moment.
    assert_eq!(services.files.get(LATE).await.unwrap().as_deref(), Some(&b"sealed"[..]));
    files(&root).iter().for_each(|path| age(path, 41 * DAY));
    assert_eq!(sweep(services, &root).await.unwrap(), Swept { aside: 0, removed: 2 });
    assert!(!aside(&root).join(NOBODYS).exists() && services.files.get(NOBODYS).await.unwrap().is_none());
    assert_eq!(services.files.get(LATE).await.unwrap().as_deref(), Some(&b"sealed"[..]), "what was brought back stays");
    assert!(known.iter().all(|path| path.exists()), "however old it is");
}
