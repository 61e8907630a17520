//! Pages are drawn in a process of its own: this program again, as `suanpan pages`, which bounds its memory and time before
//! it reads anything. Whatever a file does to a decoder, the server only sees that the process ended.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use pages::Flaw;
use rustix::process::{Resource, Rlimit, setrlimit};
use service::{Pages, PagesError};

/// Bytes that the process may take for data. With what the server takes meanwhile it stays below 64 MiB more.
const MEMORY: u64 = 64 << 20;
/// Seconds of the processor, then of the clock.
const SECONDS: u64 = 10;
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes of all pages together; a slot takes a few pictures of at most some hundred kilobytes.
const MOST_DRAWN: u64 = 16 << 20;
/// How the process says what is wrong; whatever else it ends with is a sign that it was ended.
const MANY: i32 = 30;
const LOCKED: i32 = 31;
const DAMAGED: i32 = 32;

/// Draws in processes of a program.
pub struct Confined {
    program: PathBuf,
    font: PathBuf,
}

impl Confined {
    /// `program` is `suanpan` itself; `fonts` the folder of the printed forms.
    #[must_use]
    pub fn new(program: PathBuf, fonts: &Path) -> Self {
        Self { program, font: fonts.join(paper::REGULAR) }
    }

    /// The program that runs, also after its file was replaced by a newer one.
    #[must_use]
    pub fn this_program() -> PathBuf {
        let here = PathBuf::from("/proc/self/exe");
        if here.exists() { here } else { std::env::current_exe().unwrap_or(here) }
    }
}

impl Pages for Confined {
    fn draw<'a>(&'a self, bytes: &'a [u8], most: u32) -> BoxFuture<'a, Result<Vec<Vec<u8>>, PagesError>> {
        let mut command = Command::new(&self.program);
        command.arg("pages").arg("--most").arg(most.to_string()).arg("--font").arg(&self.font);
        // Its memory is counted, so its allocator shall not take some in advance.
        command.env_clear().env("MIMALLOC_ARENA_EAGER_COMMIT", "0").env("MIMALLOC_PURGE_DELAY", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let bytes = bytes.to_vec();
        async move {
            let work = tokio::task::spawn_blocking(move || {
                let child = command.spawn().map_err(|error| PagesError::Broken(error.to_string()))?;
                converse(child, bytes)
            });
            work.await.unwrap_or_else(|error| Err(PagesError::Broken(error.to_string())))
        }
        .boxed()
    }
}

/// The process reads everything before it writes anything, so that neither waits for the other.
fn converse(mut child: Child, bytes: Vec<u8>) -> Result<Vec<Vec<u8>>, PagesError> {
    if let Some(mut input) = child.stdin.take() {
        // Where it has ended already, its end says why.
        let _ = input.write_all(&bytes);
    }
    drop(bytes);
    let mut drawn = Vec::new();
    if let Some(output) = child.stdout.take() {
        let _ = output.take(MOST_DRAWN).read_to_end(&mut drawn);
    }
    let status = child.wait().map_err(|error| PagesError::Broken(error.to_string()))?;
    match status.code() {
        Some(0) => framed(&drawn).ok_or(PagesError::TooHeavy),
        Some(MANY) => {
            let pages = drawn.first_chunk().map_or(u32::MAX, |pages| u32::from_be_bytes(*pages));
            Err(PagesError::Many { pages })
        }
        Some(LOCKED) => Err(PagesError::Locked),
        Some(DAMAGED) => Err(PagesError::Damaged),
        _ => Err(PagesError::TooHeavy),
    }
}

/// Each page with its length before it.
fn framed(mut drawn: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut pages = Vec::new();
    while let Some((length, rest)) = drawn.split_first_chunk() {
        let (page, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        pages.push(page.to_vec());
        drawn = rest;
    }
    drawn.is_empty().then_some(pages)
}

/// What `suanpan pages` does: reads a file from standard input and writes its pages to standard output. Ends the process.
///
/// # Errors
/// When the process cannot be bounded, or its input or output fails.
pub fn run(most: u32, font: Option<&Path>) -> anyhow::Result<()> {
    std::thread::Builder::new().stack_size(64 << 10).spawn(|| {
        std::thread::sleep(PATIENCE);
        std::process::abort();
    })?;
    let bound = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    bound(Resource::Data, MEMORY)?;
    bound(Resource::Cpu, SECONDS)?;
    bound(Resource::Core, 0)?;
    bound(Resource::Fsize, 0)?;
    bound(Resource::Nofile, 8)?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let mut output = std::io::stdout().lock();
    let mut written = Ok(());
    let drawn = pages::draw(bytes, most, font, &mut |page| {
        let length = u32::try_from(page.len()).unwrap_or(u32::MAX);
        let result = output.write_all(&length.to_be_bytes()).and_then(|()| output.write_all(&page));
        written = std::mem::replace(&mut written, Ok(())).and(result);
    });
    written?;
    let code = match drawn {
        Ok(()) => 0,
        Err(Flaw::Many(pages)) => {
            output.write_all(&pages.to_be_bytes())?;
            MANY
        }
        Err(Flaw::Locked) => LOCKED,
        Err(Flaw::Damaged) => DAMAGED,
    };
    output.flush()?;
    std::process::exit(code)
}
