//! Serves the files of a folder on this machine, for tests and pictures.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A running server. It serves until the program ends.
#[derive(Clone, Debug)]
pub struct Server {
    address: SocketAddr,
    /// The paths that the folder is served under; [`Server::url`] is of the first.
    prefixes: Vec<String>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves a folder under a path such as `/et/sted/`, at a free port of the loopback address.
    ///
    /// # Errors
    /// There is no free port.
    pub fn start(folder: PathBuf, prefix: &str) -> std::io::Result<Self> {
        Self::serve(folder, &[prefix], None)
    }

    /// Serves a folder with a script in the page that records its errors. See
    /// [`Browser::complaints`](crate::browser::Browser::complaints).
    ///
    /// # Errors
    /// There is no free port.
    pub fn watched(folder: PathBuf, prefix: &str) -> std::io::Result<Self> {
        Self::watched_under(folder, &[prefix])
    }

    /// Serves a folder with the recorder under several paths of one host.
    ///
    /// # Errors
    /// There is no free port.
    pub fn watched_under(folder: PathBuf, prefixes: &[&str]) -> std::io::Result<Self> {
        Self::serve(folder, prefixes, Some(RECORDER))
    }

    fn serve(folder: PathBuf, prefixes: &[&str], recorder: Option<&'static str>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let prefixes = prefixes.iter().map(|&prefix| prefix.to_owned()).collect();
        let server = Self { address: listener.local_addr()?, prefixes, asked: Arc::default() };
        let (prefixes, asked) = (server.prefixes.clone(), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, prefixes, asked) = (folder.clone(), prefixes.clone(), Arc::clone(&asked));
                std::thread::spawn(move || answer(stream, &folder, &prefixes, recorder, &asked));
            }
        });
        Ok(server)
    }

    /// The address of the page, under the first path.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefixes.first().map_or("/", String::as_str))
    }

    /// The address of the page, under each path.
    pub fn urls(&self) -> Vec<String> {
        self.prefixes.iter().map(|prefix| format!("http://{}{prefix}", self.address)).collect()
    }

    /// The requests in order, each with its status: `200 /et/sted/`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().map(|asked| asked.clone()).unwrap_or_default()
    }
}

/// The script that records errors, run before the page's own. Its list is in `window.name`, which survives a reload and is
/// no storage of the page.
const RECORDER: &str = r"
    const complain = words => { window.name += JSON.stringify(String(words)) + '\n'; };
    window.complaints = () => window.name.split('\n').filter(line => line).map(line => JSON.parse(line));
    addEventListener('error', event => complain(event.message ?? `not loaded: ${event.target.outerHTML}`), true);
    addEventListener('unhandledrejection', event => complain(`unhandled: ${event.reason}`));
    addEventListener('securitypolicyviolation', event =>
        complain(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
    const error = console.error;
    console.error = (...words) => { complain(words.join(' ')); error(...words); };
";

/// Inserts the recorder into the page, after its policy and before its scripts.
fn with_recorder(page: &[u8]) -> Option<Vec<u8>> {
    let page = std::str::from_utf8(page).ok()?;
    let policy = page.find("Content-Security-Policy")?;
    let place = policy + page[policy..].find('>')? + 1;
    let (head, tail) = page.split_at(place);
    Some(format!("{head}<script src=\"recorder.js\"></script>{tail}").into_bytes())
}

fn answer(
    stream: TcpStream,
    folder: &Path,
    prefixes: &[String],
    recorder: Option<&str>,
    asked: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1)?.split(['?', '#']).next()?;
    let slashed = format!("{path}/");
    let prefix = prefixes.iter().find(|prefix| slashed.starts_with(prefix.as_str())).map_or("/", String::as_str);
    let file = path.strip_prefix(prefix).filter(|name| !name.contains("..") && !name.contains('/'));
    let file = file.map(|name| folder.join(if name.is_empty() { "index.html" } else { name }));
    let read = |file: &Path| match (recorder, file.file_name()?.to_str()?) {
        (Some(recorder), "recorder.js") => Some(recorder.as_bytes().to_owned()),
        (Some(_), "index.html") => with_recorder(&std::fs::read(file).ok()?),
        _ => std::fs::read(file).ok(),
    };
    let found = file.and_then(|file| Some((kind(&file), read(&file)?)));
    // As servers do, a folder requested without its slash is redirected to the path with it.
    let is_bare = !prefix.is_empty() && path == prefix.trim_end_matches('/') && path != prefix;
    let (status, head, body) = match found {
        Some((kind, body)) => ("200 OK", format!("Content-Type: {kind}\r\n"), body),
        None if is_bare => ("301 Moved Permanently", format!("Location: {prefix}\r\n"), Vec::new()),
        None => ("404 Not Found", String::new(), b"findes ikke".to_vec()),
    };
    if let Ok(mut asked) = asked.lock() {
        asked.push(format!("{} {path}", &status[..3]));
    }
    let mut stream = stream;
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n").ok()?;
    stream.write_all(&body).ok()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
