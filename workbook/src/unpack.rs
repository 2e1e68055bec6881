//! Unpacks the files in a workbook, with a cap on their size. Sizes that the workbook states are not trusted.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::read::WorkbookError;

/// The maximum size of all files in a workbook, in bytes. Ten years of a municipality take a tenth of it.
const MAX_BYTES: u64 = 100_000_000;

/// A file in a workbook: its name and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// Unpacks the files that are needed to read cells. Pictures and the like are skipped.
pub(crate) fn unpack(workbook: &[u8]) -> Result<Vec<File>, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).map_err(|_| WorkbookError::Broken)?;
    let (mut files, mut budget) = (Vec::new(), MAX_BYTES);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => WorkbookError::Locked,
            _ => WorkbookError::Broken,
        })?;
        let name = file.name().map_err(|_| WorkbookError::Broken)?.into_owned();
        if !is_needed(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        // One byte more than the budget shows that the file is too large.
        file.take(budget + 1).read_to_end(&mut bytes).map_err(|_| WorkbookError::Broken)?;
        budget = budget.checked_sub(bytes.len() as u64).ok_or(WorkbookError::TooLarge)?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// Whether a file is needed to read cells, judged by its name.
fn is_needed(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    name == "mimetype" || matches!(extension.as_deref(), Some("xml" | "rels"))
}

/// Packs files into an uncompressed workbook, which `calamine` reads.
pub(crate) fn pack(files: &[File]) -> Result<Cursor<Vec<u8>>, WorkbookError> {
    let write_zip = || -> Result<Cursor<Vec<u8>>, ZipError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let uncompressed = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, bytes) in files {
            writer.start_file(name.as_str(), uncompressed)?;
            writer.write_all(bytes)?;
        }
        writer.finish()
    };
    write_zip().map_err(|_| WorkbookError::Broken)
}
