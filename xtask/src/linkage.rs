//! Shortens the names that link a wasm module and its script, and removes unused exports.
//!
//! wasm-bindgen gives every imported function a name that ends in 16 random digits, and writes the name into both the
//! module and the script. Digits compress badly: with short names, both files together are 8 KB of brotli smaller.

use std::fs;
use std::path::Path;

use wasmparser::{Imports, Parser, Payload};

use crate::Outcome;

/// The number of a module's section of imports.
const IMPORTS: u8 = 2;
/// The number of a module's section of exports.
const EXPORTS: u8 = 7;

/// The ending of the name under which wasm-bindgen lets a module import from its own script. (The module also imports
/// from the script that fetches chunks.)
const OWN_SCRIPT: &str = "_bg.js";

/// The short name that replaces the name of the module's own script.
const SCRIPT: &str = "js";

/// The common part of the names of `wasm-streams`' classes, which Leptos' server functions use. This app has no server.
/// Only the exports keep the code of these classes in the module.
const UNUSED_CLASS: &str = "intounderlying";

/// Gives the functions that a module imports from its script short names, in both files.
///
/// # Errors
/// A file cannot be read or written, or the script lacks a function that the module imports.
pub fn shorten_imports(module: &Path, script: &Path) -> Outcome {
    let wasm = fs::read(module)?;
    let mut text = fs::read_to_string(script)?;
    let mut count = 0;
    let wasm = with_section(&wasm, IMPORTS, |section| {
        let Payload::ImportSection(imports) = section else { return Err("no section of imports".into()) };
        let end = imports.range().end;
        let imports: Vec<_> = imports.into_iter().collect::<Result<_, _>>()?;
        let starts = imports.iter().filter_map(|import| match import {
            Imports::Single(start, _) => Some(*start),
            _ => None,
        });
        let ends: Vec<usize> = starts.skip(1).chain([end]).collect();
        let mut section = Vec::new();
        write_number(&mut section, imports.len());
        for (import, end) in imports.iter().zip(ends) {
            let Imports::Single(start, import) = import else { return Err("imports in groups".into()) };
            if !import.module.ends_with(OWN_SCRIPT) {
                section.extend(wasm.get(*start..end).ok_or("an import that ends before it begins")?);
                continue;
            }
            let short = short_name(count);
            count += 1;
            text = replace_once(&text, &format!("{}:", import.name), &format!("{short}:"))?;
            // The first import replaces all names of the script; for the others nothing is left to replace.
            text = text.replace(&format!("\"{}\"", import.module), SCRIPT);
            write_name(&mut section, SCRIPT);
            write_name(&mut section, &short);
            let names = encoded_length(import.module) + encoded_length(import.name);
            section.extend(wasm.get(start + names..end).ok_or("an import that ends before its type")?);
        }
        Ok(section)
    })?;
    fs::write(script, text)?;
    Ok(fs::write(module, wasm)?)
}

/// Removes classes that nothing uses from a module and its script, before both are optimised.
///
/// # Errors
/// A file cannot be read or written.
pub fn remove_unused_classes(module: &Path, script: &Path) -> Outcome {
    let wasm = fs::read(module)?;
    let wasm = with_section(&wasm, EXPORTS, |section| {
        let Payload::ExportSection(exports) = section else { return Err("no section of exports".into()) };
        let exports: Vec<_> = exports.into_iter().collect::<Result<_, _>>()?;
        let used: Vec<_> = exports.iter().filter(|export| !export.name.contains(UNUSED_CLASS)).collect();
        let mut section = Vec::new();
        write_number(&mut section, used.len());
        for export in used {
            write_name(&mut section, export.name);
            section.push(kind(export.kind)?);
            write_number(&mut section, export.index as usize);
        }
        Ok(section)
    })?;
    fs::write(module, wasm)?;
    // The bundler leaves out code that no other line mentions.
    let text = fs::read_to_string(script)?;
    let is_of_unused = |line: &str| line.to_lowercase().contains(UNUSED_CLASS);
    let lines = text.lines().filter(|line| !(line.starts_with("if (Symbol.dispose)") && is_of_unused(line)));
    let lines = lines.map(|line| match line.strip_prefix("export class ") {
        Some(class) if is_of_unused(class) => format!("class {class}\n"),
        _ => format!("{line}\n"),
    });
    Ok(fs::write(script, lines.collect::<String>())?)
}

/// Copies a module with one section replaced.
fn with_section<'a>(
    wasm: &'a [u8],
    id: u8,
    mut rewrite: impl FnMut(Payload<'a>) -> Outcome<Vec<u8>>,
) -> Outcome<Vec<u8>> {
    let mut copied = Vec::with_capacity(wasm.len());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::Version { range, .. } = &payload {
            copied.extend(&wasm[range.clone()]);
        }
        let Some((own, range)) = payload.as_section() else { continue };
        copied.push(own);
        let section = if own == id { rewrite(payload)? } else { wasm[range].to_vec() };
        write_number(&mut copied, section.len());
        copied.extend(section);
    }
    Ok(copied)
}

/// Returns the byte that encodes a kind of export.
fn kind(kind: wasmparser::ExternalKind) -> Outcome<u8> {
    use wasmparser::ExternalKind::{Func, Global, Memory, Table};
    match kind {
        Func => Ok(0),
        Table => Ok(1),
        Memory => Ok(2),
        Global => Ok(3),
        other => Err(format!("an export of an unexpected sort: {other:?}").into()),
    }
}

/// Replaces a text that occurs exactly once.
fn replace_once(text: &str, from: &str, to: &str) -> Outcome<String> {
    let count = text.matches(from).count();
    if count == 1 { Ok(text.replacen(from, to, 1)) } else { Err(format!("the script has {count} × `{from}`").into()) }
}

/// Returns the short name with a number: letters alone, the shortest names first.
fn short_name(number: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let letter = char::from(LETTERS[number % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => letter.to_string(),
        rest => format!("{}{letter}", short_name(rest - 1)),
    }
}

/// Appends a number in LEB128, as wasm writes it.
fn write_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
}

/// Appends a name with its length, as wasm writes it.
fn write_name(bytes: &mut Vec<u8>, name: &str) {
    write_number(bytes, name.len());
    bytes.extend(name.as_bytes());
}

/// Returns the number of bytes of a name with its length.
fn encoded_length(name: &str) -> usize {
    let mut bytes = Vec::new();
    write_name(&mut bytes, name);
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a module with two imports from its script, one from another script, and two exports, one of them of an
    /// unused class.
    const WASM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x3f\x03\x08./_bg.js\x0e__wbg_a_012345\0\0\x08./_bg.js\x06memory\x02\0\x01\x06./x.js\x07__wbg_b\0\0\
        \x07\x1a\x02\x04main\0\0\x0fintounderlyingx\0\0";

    fn check(name: &str, act: fn(&Path, &Path) -> Outcome, script: &str) -> (Vec<u8>, String) {
        let folder = std::env::temp_dir().join(format!("kvalitetshjul-linkage-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (module, text) = (folder.join("m.wasm"), folder.join("m.js"));
        fs::write(&module, WASM).unwrap();
        fs::write(&text, script).unwrap();
        act(&module, &text).unwrap();
        let read = (fs::read(&module).unwrap(), fs::read_to_string(&text).unwrap());
        fs::remove_dir_all(folder).unwrap();
        read
    }

    fn imported(wasm: &[u8]) -> Vec<(String, String)> {
        let sections = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload.unwrap() {
            Payload::ImportSection(imports) => Some(imports),
            _ => None,
        });
        let imports = sections.flat_map(wasmparser::SectionLimited::into_imports);
        imports.map(|import| import.map(|import| (import.module.to_owned(), import.name.to_owned())).unwrap()).collect()
    }

    #[test]
    fn imports_are_shortened_in_module_and_script() {
        let script = r#"var i={"./_bg.js":{__wbg_a_012345:()=>1,memory:m},"./x.js":{__wbg_b:n}}"#;
        let (wasm, text) = check("shorten", shorten_imports, script);
        let of_script = |name: &str| (SCRIPT.to_owned(), name.to_owned());
        let other = ("./x.js".to_owned(), "__wbg_b".to_owned());
        assert_eq!(imported(&wasm), [of_script("a"), of_script("b"), other]);
        assert_eq!(text, r#"var i={js:{a:()=>1,b:m},"./x.js":{__wbg_b:n}}"#);
        assert_eq!(wasm.len(), WASM.len() - 30);
    }

    #[test]
    fn unused_classes_are_no_longer_exported() {
        let script =
            "export class IntoUnderlyingX {}\nif (Symbol.dispose) IntoUnderlyingX.free;\nexport class Used {}\n";
        let (wasm, text) = check("classes", remove_unused_classes, script);
        assert!(!wasm.windows(UNUSED_CLASS.len()).any(|bytes| bytes == UNUSED_CLASS.as_bytes()));
        assert_eq!(imported(&wasm).len(), 3);
        assert_eq!(text, "class IntoUnderlyingX {}\nexport class Used {}\n");
    }

    #[test]
    fn short_names_differ() {
        let names: std::collections::BTreeSet<String> = (0..3000).map(short_name).collect();
        assert_eq!(names.len(), 3000);
        assert_eq!([0, 51, 52, 2755, 2756].map(short_name), ["a", "Z", "aa", "ZZ", "aaa"]);
    }
}
