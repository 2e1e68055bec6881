//! Checks the module layers of the crate by reading every path that names another module: no import runs upward, no
//! circle joins files of different folders, and no type name is defined twice.
//!
//! ARCHITECTURE.md describes the layers. Test modules are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module by its path in the crate: `["record", "leaf"]`.
type Module = Vec<String>;

/// For each top-level module the modules that it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("record", &["domain"]),
    ("chart", &["domain"]),
    ("document", &["chart", "domain"]),
    ("exchange", &["record", "domain", "chart", "document"]),
    ("store", &["exchange", "record", "domain"]),
    ("ui", &["store", "exchange", "document", "chart", "record", "domain"]),
];

/// For each module of `ui` the modules of `ui` that it may import.
const UI_LAYERS: &[(&str, &[&str])] = &[
    ("route", &[]),
    ("sheet", &[]),
    ("search_entries", &["route"]),
    ("platform", &["route"]),
    ("state", &["platform", "route", "sheet"]),
    ("kit", &["state", "platform", "route", "sheet"]),
    ("pages", &["kit", "state", "platform", "route", "sheet", "search_entries"]),
    ("shell", &["pages", "kit", "state", "platform", "route", "sheet"]),
];

/// Reads all modules: the code of each, without comments and test modules.
fn modules() -> BTreeMap<Module, String> {
    let mut modules = BTreeMap::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_folder(&src, &src, &mut modules);
    modules
}

fn read_folder(src: &Path, folder: &Path, modules: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(src, &path, modules);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let relative = path.strip_prefix(src).unwrap().with_extension("");
            let mut module: Module = relative.iter().map(|step| step.to_str().unwrap().to_owned()).collect();
            if matches!(module.last().unwrap().as_str(), "mod" | "lib") {
                module.pop();
            }
            if !module.contains(&"tests".to_owned()) && module != ["main"] {
                modules.insert(module, without_comments(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
}

fn without_comments(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Finds the paths that begin with `crate::` or `super::`; groups in braces are expanded.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        let mut rest = code;
        let mut before = ' ';
        while let Some(at) = rest.find(start) {
            let previous = rest[..at].chars().next_back().unwrap_or(before);
            let tail = &rest[at..];
            // `super::super::` counts once, from its first segment; `$crate::` belongs to a macro.
            if !(previous.is_alphanumeric() || matches!(previous, '_' | ':' | '$')) {
                expand("", &path_text(tail), &mut found);
            }
            before = ':';
            rest = &rest[at + start.len()..];
        }
    }
    found
}

/// Cuts the text of one path, with its group in braces, from the start of `text`.
fn path_text(text: &str) -> String {
    let (mut depth, mut end) = (0usize, text.len());
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    end = at + 1;
                    break;
                }
            }
            _ if depth > 0 || char.is_alphanumeric() || matches!(char, '_' | ':') => {}
            _ => {
                end = at;
                break;
            }
        }
    }
    text[..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expand(prefix: &str, path: &str, found: &mut Vec<String>) {
    let Some(open) = path.find('{') else {
        found.push(format!("{prefix}{}", path.split(" as ").next().unwrap_or_default().trim()));
        return;
    };
    let prefix = format!("{prefix}{}", path[..open].trim());
    let inner = path[open + 1..].trim_end().trim_end_matches('}');
    let (mut depth, mut start) = (0usize, 0);
    for (at, char) in inner.char_indices().chain([(inner.len(), ',')]) {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let part = inner[start..at].trim();
                if !part.is_empty() {
                    let closed = if part.matches('{').count() > part.matches('}').count() { "}" } else { "" };
                    expand(&prefix, &format!("{part}{closed}"), found);
                }
                start = (at + 1).min(inner.len());
            }
            _ => {}
        }
    }
}

/// Resolves a path in module `from` to the module that it names.
fn resolve(from: &Module, path: &str, modules: &BTreeMap<Module, String>) -> Option<Module> {
    let mut steps: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut base = from.clone();
    if steps.first() == Some(&"crate") {
        base.clear();
        steps.remove(0);
    }
    while steps.first() == Some(&"super") {
        base.pop();
        steps.remove(0);
    }
    base.extend(steps.iter().map(|step| (*step).to_owned()));
    (1..=base.len()).rev().map(|length| base[..length].to_vec()).find(|module| modules.contains_key(module))
}

fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let modules = modules();
    let imports_of = |(module, code): (&Module, &String)| {
        let targets = paths(code).into_iter().filter_map(|path| resolve(module, &path, &modules));
        (module.clone(), targets.filter(|target| target != module).collect())
    };
    modules.iter().map(imports_of).collect()
}

fn is_upward(from: &str, to: &str, layers: &[(&str, &[&str])]) -> bool {
    let layer = |name: &str| layers.iter().find(|(layer, _)| *layer == name);
    from != to && layer(to).is_some() && layer(from).is_some_and(|(_, allowed)| !allowed.contains(&to))
}

#[test]
fn no_import_runs_upward() {
    let mut wrong = Vec::new();
    for (from, targets) in imports() {
        for to in targets {
            let is_wrong = is_upward(&from[0], &to[0], LAYERS)
                || (from.len() > 1 && to.len() > 1 && from[0] == "ui" && to[0] == "ui")
                    && is_upward(&from[1], &to[1], UI_LAYERS);
            if is_wrong {
                wrong.push(format!("{} imports {}", from.join("::"), to.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page group may be imported only through its own `mod.rs` or the `mod.rs` of one of its pages.
#[test]
fn page_groups_import_one_another_through_mod_files_only() {
    let mut wrong = Vec::new();
    for (from, targets) in imports() {
        for to in targets {
            let is_page = |module: &Module| module.len() > 2 && module[..2] == ["ui", "pages"];
            let is_inside = to.len() > 4;
            if is_page(&from) && is_page(&to) && from[2] != to[2] && is_inside {
                wrong.push(format!("{} imports {}", from.join("::"), to.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The allowed circles: `Published` alone makes a published progress from an indicator's progress.
const ALLOWED_CIRCLES: [[&str; 2]; 1] = [["domain::aftale::progress", "domain::publish"]];

/// Files of one folder may form a circle: `record::{edit, life, view}` are one `impl Record` in several files.
#[test]
fn no_circle_joins_files_of_different_folders() {
    let imports = imports();
    let reachable = |from: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = open.pop() {
            for next in imports.get(&module).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Module, BTreeSet<Module>> = imports.keys().map(|module| (module, reachable(module))).collect();
    let folder = |module: &Module| {
        // The `mod.rs` of a folder belongs to the folder.
        let is_folder = imports.keys().any(|other| other.len() > module.len() && other.starts_with(module));
        if is_folder { module.clone() } else { module[..module.len().saturating_sub(1)].to_vec() }
    };
    let mut wrong = Vec::new();
    for (from, targets) in &imports {
        for to in targets {
            let is_allowed = ALLOWED_CIRCLES
                .iter()
                .any(|circle| circle.contains(&&*from.join("::")) && circle.contains(&&*to.join("::")));
            if all[to].contains(from) && folder(from) != folder(to) && !is_allowed {
                wrong.push(format!("{} and {} are in one circle", from.join("::"), to.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_expand_groups_in_braces() {
    let code = "use crate::a::{b, c::{d as e, f}, self};\nlet x = super::g::h(crate::i::J);";
    assert_eq!(
        paths(code),
        ["crate::a::b", "crate::a::c::d", "crate::a::c::f", "crate::a::self", "crate::i::J", "super::g::h"]
    );
}

/// Associated types (`type Item`) are not counted.
#[test]
fn no_type_name_is_defined_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, code) in modules() {
        for line in code.lines().filter(|line| !line.starts_with(char::is_whitespace)) {
            let line = line.trim_start_matches("pub").trim_start();
            let line = if line.starts_with('(') {
                line.split_once(')').map_or(line, |(_, rest)| rest.trim_start())
            } else {
                line
            };
            let mut words =
                line.split(|char: char| !(char.is_alphanumeric() || char == '_')).filter(|word| !word.is_empty());
            if let (Some("struct" | "enum" | "trait" | "type" | "union"), Some(name)) = (words.next(), words.next()) {
                places.entry(name.to_owned()).or_default().push(module.join("::"));
            }
        }
    }
    let duplicates: Vec<String> = places
        .into_iter()
        .filter(|(_, modules)| modules.len() > 1)
        .map(|(name, modules)| format!("{name}: {}", modules.join(", ")))
        .collect();
    assert!(duplicates.is_empty(), "{}", duplicates.join("\n"));
}
