//! Builds the release bundle with trunk, names each file after its final bytes, and writes the content security policy.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::Outcome;
use crate::check::WASM;
use crate::process::{output, root, run as run_command, stage};
use crate::split::{self, is_chunk};
use crate::tools::{self, BINARYEN, ESBUILD, TRUNK, WASM_BINDGEN};
use crate::worker::{self, WORKERS};

/// The maximum that a first visit downloads, in bytes after brotli. It is close to the actual size, so that a page that
/// leaves its lazy chunk by mistake is noticed.
const FIRST_VISIT: usize = 252_000;

/// The maximum of all files that a user with records downloads, in bytes after brotli.
const EVERYTHING: usize = 1_335_000;

/// The folder of the bundle.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the bundle, prints the size of every file and the largest functions.
///
/// # Errors
/// The build failed, or a size exceeds its maximum.
pub fn run() -> Outcome {
    let weight = bundle()?;
    largest_functions(&module())?;
    weight.judge()
}

/// The size of the bundle, in bytes after brotli.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    first_visit: usize,
    everything: usize,
    /// The size of each worker, in the order of [`WORKERS`].
    workers: [usize; WORKERS.len()],
}

impl Weight {
    /// Compares each size with its maximum.
    ///
    /// # Errors
    /// A size exceeds its maximum.
    pub fn judge(self) -> Outcome {
        if self.first_visit > FIRST_VISIT {
            return Err("the first visit is too heavy".into());
        }
        if self.everything > EVERYTHING {
            return Err("all there is is too heavy".into());
        }
        for (worker, size) in WORKERS.iter().zip(self.workers) {
            if size > worker.most {
                return Err(format!("{} is too heavy", worker.title).into());
            }
        }
        Ok(())
    }
}

/// The wasm module that cargo builds.
fn module() -> PathBuf {
    root().join("target").join(WASM).join("release/kvalitetshjul.wasm")
}

/// Builds the bundle into [`dist`], and prints the size of every file.
///
/// # Errors
/// The build failed.
pub fn bundle() -> Outcome<Weight> {
    stage("building the page", || {
        let words = ["build", "--release", "--dist", "target/page", "--features", split::FEATURE];
        trunk(&words, &[split::EMIT_RELOCS])
    })?;
    let page_folder = root().join("target/page");
    split::split(&module(), &page_folder)?;
    worker::optimize(&page_folder)?;
    stage("minifying the scripts", || minify_scripts(&page_folder))?;
    let page = Page::read(&page_folder)?.finish()?;
    if dist().exists() {
        fs::remove_dir_all(dist())?;
    }
    fs::create_dir_all(dist())?;
    for (name, bytes) in &page.files {
        fs::write(dist().join(name), bytes)?;
    }
    page.weigh()
}

/// Runs trunk with `wasm-bindgen` and binaryen on its search path.
fn trunk(words: &[&str], flags: &[&str]) -> Outcome {
    tools::rust()?;
    worker::bundle_scanner()?;
    let own = [WASM_BINDGEN.program()?.parent().map(Path::to_owned), Some(BINARYEN.folder()?.join("bin"))];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(own.into_iter().flatten().chain(std::env::split_paths(&path)))?;
    let mut trunk = std::process::Command::new(TRUNK.program()?);
    trunk.args(words).current_dir(root()).env("PATH", path).env("CARGO_ENCODED_RUSTFLAGS", flags_with(flags)?);
    // Trunk reads NO_COLOR as an option of its own, and refuses the value 1.
    run_command(trunk.env_remove("NO_COLOR"))
}

/// Minifies the scripts of the page in place.
fn minify_scripts(page: &Path) -> Outcome {
    let esbuild = ESBUILD.folder()?.join("bin/esbuild");
    for file in fs::read_dir(page)? {
        let file = file?.path();
        if file.extension().is_some_and(|ending| ending == "js") {
            let mut command = std::process::Command::new(&esbuild);
            command.arg(&file).args(["--minify", "--target=es2022", "--log-level=warning", "--allow-overwrite"]);
            run_command(command.arg(format!("--outfile={}", file.display())))?;
        }
    }
    Ok(())
}

/// Compiler flags: the requested ones, and those that remove the paths of this machine from the bundle. Two machines then
/// build the same bytes, and no user name is published.
fn flags_with(more: &[&str]) -> Outcome<String> {
    let home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(std::env::var_os("HOME").ok_or("no home directory")?).join(".cargo"),
    };
    let registries =
        fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten().map(|folder| folder.path());
    let renamed = registries.chain([root()]).map(|folder| (folder, String::new())).chain([standard_library()?]);
    let flags = renamed.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let more = more.iter().map(|flag| (*flag).to_owned());
    Ok(flags.chain(more).collect::<Vec<_>>().join("\u{1f}"))
}

/// Returns the source folder of the standard library, and the name of this folder in the compiled library. Code of the
/// library that is compiled with the app contains the folder's path.
fn standard_library() -> Outcome<(PathBuf, String)> {
    let rustc = |word: &[&str]| output(std::process::Command::new("rustc").current_dir(root()).args(word));
    let version = rustc(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).ok_or("rustc names no commit")?;
    let folder = Path::new(rustc(&["--print", "sysroot"])?.trim()).join("lib/rustlib/src/rust");
    Ok((folder, format!("/rustc/{commit}")))
}

/// Serves the page on this machine, and opens it in a browser where there is a screen.
///
/// # Errors
/// A tool could not be installed, or the build failed.
pub fn serve() -> Outcome {
    let has_screen = cfg!(any(target_os = "macos", windows))
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    println!("http://127.0.0.1:8080/");
    let mut words = vec!["serve", "--address", "127.0.0.1", "--port", "8080", "--public-url", "/"];
    words.extend(has_screen.then_some("--open"));
    trunk(&words, &[])
}

/// The files of a page by their names.
struct Page {
    files: BTreeMap<String, Vec<u8>>,
}

impl Page {
    fn read(folder: &Path) -> Outcome<Self> {
        let mut files = BTreeMap::new();
        for file in fs::read_dir(folder)? {
            let file = file?;
            files.insert(file.file_name().to_string_lossy().into_owned(), fs::read(file.path())?);
        }
        Ok(Self { files })
    }

    /// Names every file but the page after its final bytes, then writes the policy into the page.
    ///
    /// A file comes before the files that mention its name: modules before scripts, and a worker's script before its
    /// loader.
    fn finish(mut self) -> Outcome<Self> {
        self.join_styles(false, STYLE)?;
        self.join_styles(true, PAGE_STYLE)?;
        for ending in ["_bg.wasm", CHUNK_ENDING, ".js", ".css", ".svg"] {
            let is_meant = |name: &&String| name.ends_with(ending) && (ending != CHUNK_ENDING || is_chunk(name));
            let names: Vec<String> = self.files.keys().filter(is_meant).cloned().collect();
            for name in names {
                self.rename_by_bytes(&name, ending)?;
            }
        }
        let page = self.files.get_mut("index.html").ok_or("trunk made no index.html")?;
        let html = String::from_utf8(std::mem::take(page))?;
        *page = with_policy(&html)?.into_bytes();
        Ok(self)
    }

    /// Joins the style sheets of a first visit, or those of the pages outside the first chunk (linked as `disabled`), in
    /// the order of the page. One file compresses better and takes one request.
    fn join_styles(&mut self, is_disabled: bool, joined: &str) -> Outcome {
        let page = self.files.remove("index.html").ok_or("trunk made no index.html")?;
        let mut html = String::from_utf8(page)?;
        let mut styles = Vec::new();
        let mut place = None;
        while let Some((start, end)) = style_link(&html, is_disabled) {
            let link = html[start..end].to_owned();
            let name = self.files.keys().find(|name| link.contains(name.as_str())).cloned();
            let name = name.ok_or_else(|| format!("no file for {link}"))?;
            styles.extend(self.files.remove(&name).unwrap_or_default());
            html.replace_range(start..end, "");
            place = place.or(Some(start));
        }
        let attribute = if is_disabled { " disabled" } else { "" };
        let link = format!("<link rel=\"stylesheet\" href=\"./{joined}\"{attribute}>");
        html.insert_str(place.ok_or("a page without style")?, &link);
        self.files.insert(joined.to_owned(), styles);
        self.files.insert("index.html".to_owned(), html.into_bytes());
        Ok(())
    }

    fn rename_by_bytes(&mut self, name: &str, ending: &str) -> Outcome {
        let bytes = self.files.remove(name).ok_or("a file is gone")?;
        let whole = name.strip_suffix(ending).unwrap_or(name);
        let stem = whole.rsplit_once('-').map_or(whole, |(stem, _)| stem);
        let hash = Sha256::digest(&bytes).iter().take(8).fold(0u64, |hash, byte| (hash << 8) | u64::from(*byte));
        let new_name = format!("{stem}-{hash:016x}{}", ending.trim_start_matches("_bg"));
        for (other, bytes) in &mut self.files {
            if is_of_kind(other, "html") || is_of_kind(other, "js") {
                *bytes = std::str::from_utf8(bytes)?.replace(name, &new_name).into_bytes();
            }
        }
        self.files.insert(new_name, bytes);
        Ok(())
    }

    /// Prints the size of every file and the sums.
    fn weigh(&self) -> Outcome<Weight> {
        let mut weight = Weight { first_visit: 0, everything: 0, workers: [0; WORKERS.len()] };
        for (name, bytes) in &self.files {
            let packed = brotli(bytes)?;
            let (is_first, is_ever, when) = if is_of_kind(name, "json") {
                // The schema is for other programs that read and write files.
                (false, false, "not fetched")
            } else if let Some(worker) = worker::position(name) {
                weight.workers[worker] += packed;
                (false, false, WORKERS[worker].fetched)
            } else if is_chunk(name) || name.starts_with("pages-") {
                (false, true, "on first use")
            } else {
                (true, true, "on a first visit")
            };
            weight.first_visit += if is_first { packed } else { 0 };
            weight.everything += if is_ever { packed } else { 0 };
            println!("{:>9} raw {packed:>9} brotli  {name}  ({when})", bytes.len());
        }
        println!("first visit: {} bytes of brotli, at most {FIRST_VISIT}", weight.first_visit);
        println!("everything: {} bytes of brotli, at most {EVERYTHING}", weight.everything);
        for (worker, size) in WORKERS.iter().zip(weight.workers) {
            println!("{}: {size} bytes of brotli, at most {}", worker.title, worker.most);
        }
        Ok(weight)
    }
}

/// The ending of a chunk's name before it is named after its bytes.
const CHUNK_ENDING: &str = ".wasm";

/// The name of the style sheet of a first visit before it is named after its bytes.
const STYLE: &str = "style-0.css";

/// The name of the style sheet of the other pages before it is named after its bytes.
const PAGE_STYLE: &str = "pages-0.css";

/// The position of the first link to a style sheet that is `disabled` or not.
fn style_link(html: &str, is_disabled: bool) -> Option<(usize, usize)> {
    let links = html.match_indices("<link ").map(|(start, _)| start);
    let ends = links.filter_map(|start| Some((start, start + html[start..].find('>')? + 1)));
    ends.into_iter().find(|&(start, end)| {
        let link = &html[start..end];
        link.contains("stylesheet") && link.contains("disabled") == is_disabled
    })
}

fn is_of_kind(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own == ending)
}

fn brotli(bytes: &[u8]) -> Outcome<usize> {
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &best)?;
    Ok(packed.len())
}

/// Adds the content security policy: the page may load and request its own files only.
fn with_policy(html: &str) -> Outcome<String> {
    let mut allowed = String::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let (attributes, body) = after.split_once('>').ok_or("a script without end")?;
        let (script, after) = body.split_once("</script>").ok_or("a script without end")?;
        if !attributes.contains("src=") {
            allowed = format!("{allowed} 'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
        }
        rest = after;
    }
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{allowed}; worker-src 'self'; style-src 'self'; \
         img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    );
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let charset = html.find("<meta charset").ok_or("index.html says no charset")?;
    let (head, tail) = html.split_at(charset);
    let (charset, tail) = tail.split_once('>').ok_or("a meta without end")?;
    Ok(format!("{head}{charset}>\n{meta}{tail}"))
}

/// Prints the twenty largest functions of the module before optimisation, which removes their names.
fn largest_functions(wasm: &Path) -> Outcome {
    let bytes = fs::read(wasm)?;
    let (mut imported, mut sizes, mut names) = (0u32, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for name in section.into_iter().flatten() {
                        if let Name::Function(functions) = name {
                            names.extend(functions.into_iter().flatten().map(|name| (name.index, name.name)));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut functions: Vec<(usize, u32)> = sizes.into_iter().zip(imported..).collect();
    functions.sort_unstable_by(|one, other| other.cmp(one));
    for (size, index) in functions.into_iter().take(20) {
        let name = names.get(&index).map_or("?".to_owned(), |name| format!("{:#}", rustc_demangle::demangle(name)));
        println!("{size:>9}  {}", name.chars().take(110).collect::<String>());
    }
    Ok(())
}
