//! The files of a book, no larger than they may be: what a book says of its own size is not believed.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::read::WorkbookError;

/// The most that the files of a book may come to, in bytes: a municipality's ten years take a tenth of it.
const MAX_BYTES: u64 = 100_000_000;

/// A file in a book: its name, and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// The files that cells are read from; pictures and the like are left where they are.
pub(crate) fn files(book: &[u8]) -> Result<Vec<File>, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(book)).map_err(|_| WorkbookError::Broken)?;
    let (mut files, mut room) = (Vec::new(), MAX_BYTES);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => WorkbookError::Locked,
            _ => WorkbookError::Broken,
        })?;
        let name = file.name().map_err(|_| WorkbookError::Broken)?.into_owned();
        if !is_read(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        // One more than there is room for tells that there is more.
        file.take(room + 1).read_to_end(&mut bytes).map_err(|_| WorkbookError::Broken)?;
        room = room.checked_sub(bytes.len() as u64).ok_or(WorkbookError::TooLarge)?;
        files.push((name, bytes));
    }
    Ok(files)
}

fn is_read(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    name == "mimetype" || matches!(ending.as_deref(), Some("xml" | "rels"))
}

/// A book of files, as they are: what `calamine` reads.
pub(crate) fn book(files: &[File]) -> Result<Cursor<Vec<u8>>, WorkbookError> {
    let written = || -> Result<Cursor<Vec<u8>>, ZipError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, bytes) in files {
            writer.start_file(name.as_str(), as_it_is)?;
            writer.write_all(bytes)?;
        }
        writer.finish()
    };
    written().map_err(|_| WorkbookError::Broken)
}
