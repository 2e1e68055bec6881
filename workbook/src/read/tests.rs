use proptest::prelude::*;

use super::*;
use crate::unpack::{book, files};

const XLSX: &[u8] = include_bytes!("../../../tests/samples/trivsel.xlsx");
const ODS: &[u8] = include_bytes!("../../../tests/samples/trivsel.ods");

/// An XLSX book of one sheet, with styles: 0 plain, 1 per cent, 2 a day, 3 a per cent sign that is a letter.
fn xlsx(rows: &str, shared: &str) -> Vec<u8> {
    const HEAD: &str = "http://schemas.openxmlformats.org/";
    let main = format!("xmlns=\"{HEAD}spreadsheetml/2006/main\" xmlns:r=\"{HEAD}officeDocument/2006/relationships\"");
    let relations =
        |own: &str| format!("<Relationships xmlns=\"{HEAD}package/2006/relationships\">{own}</Relationships>");
    let relation = |id: &str, sort: &str, to: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{HEAD}officeDocument/2006/relationships/{sort}\" Target=\"{to}\"/>")
    };
    let sheet =
        |name: &str, id: u8, state: &str| format!("<sheet name=\"{name}\" sheetId=\"{id}\" {state} r:id=\"rId{id}\"/>");
    let file = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let files = [
        file("[Content_Types].xml", "<Types/>".to_owned()),
        file("_rels/.rels", relations(&relation("rId1", "officeDocument", "xl/workbook.xml"))),
        file(
            "xl/workbook.xml",
            format!(
                "<workbook {main}><sheets>{}{}</sheets></workbook>",
                sheet("Tal", 1, ""),
                sheet("Skjult", 2, "state=\"hidden\"")
            ),
        ),
        file(
            "xl/_rels/workbook.xml.rels",
            relations(
                &[
                    relation("rId1", "worksheet", "worksheets/sheet1.xml"),
                    relation("rId2", "worksheet", "worksheets/sheet2.xml"),
                    relation("rId3", "styles", "styles.xml"),
                    relation("rId4", "sharedStrings", "sharedStrings.xml"),
                ]
                .concat(),
            ),
        ),
        file(
            "xl/styles.xml",
            format!(
                "<styleSheet {main}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0&quot; %&quot;\"/></numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            ),
        ),
        file("xl/sharedStrings.xml", format!("<sst {main}>{shared}</sst>")),
        file("xl/worksheets/sheet1.xml", format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")),
        file(
            "xl/worksheets/sheet2.xml",
            format!("<worksheet {main}><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"),
        ),
    ];
    book(&files).unwrap().into_inner()
}

/// An ODS book of one sheet.
fn ods(table: &str) -> Vec<u8> {
    let mut own = files(ODS).unwrap();
    let content = own.iter_mut().find(|(name, _)| name == "content.xml").unwrap();
    content.1 = format!("<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Tal\">{table}</table:table></office:spreadsheet></office:body></office:document-content>").into_bytes();
    book(&own).unwrap().into_inner()
}

#[track_caller]
fn check(book: &[u8], expected: &[&[&str]]) {
    let sheets = sheets(book).unwrap();
    let cells: Vec<Vec<&str>> = sheets[0].cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    assert_eq!((sheets.len(), &*sheets[0].name), (1, "Tal"), "what is hidden in a book is not read");
    assert_eq!(cells, expected);
}

#[test]
fn indicators_workbooks_cells_stand_where_they_stood() {
    let rows = "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>7.3999999999999996E-2</v></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>1234.5</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>a&amp;b</t></is></c><c r=\"C3\" s=\"3\"/>\
        <c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" s=\"3\"><v>7.4</v></c><c r=\"F3\" s=\"2\"><v>45505</v></c><c r=\"G3\"><v>2024</v></c></row>";
    let shared = "<si><t>x</t></si><si><r><t>Mølle</t></r><r><t>bakken</t></r></si>";
    check(
        &xlsx(rows, shared),
        &[&[], &["", "Møllebakken", "", "7,4 %"], &["1234,5", "a&b", "", "sand", "7,4", "2024-08-01", "2024"]],
    );
}

#[test]
fn indicators_workbooks_of_open_document_say_what_is_per_cent() {
    let table = "<table:table-row><table:table-cell office:value-type=\"percentage\" office:value=\"0.074\"><text:p>7 %</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    check(&ods(table), &[&["7,4 %", "x", "x"]]);
}

#[test]
fn indicators_workbooks_that_are_no_more_than_large_are_refused_before_they_are_there() {
    let repeated = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_eq!(sheets(&ods(repeated)), Err(WorkbookError::TooLarge), "repeats");
    let cells: Vec<String> =
        (1..=2010).map(|row| format!("<row r=\"{row}\"><c r=\"SF{row}\"><v>1</v></c></row>")).collect();
    assert_eq!(sheets(&xlsx(&cells.concat(), "")), Err(WorkbookError::TooLarge), "cells that are empty before others");
    let shared = format!("<si><t>{}</t></si>", "x".repeat(1_000_000));
    let cells: Vec<String> =
        (1..=31).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(sheets(&xlsx(&cells.concat(), &shared)), Err(WorkbookError::TooLarge), "a text that many share");
    // A hundred and one million signs, packed to a hundredth of that.
    let mut own = files(XLSX).unwrap();
    own.push(("xl/worksheets/sheet3.xml".to_owned(), vec![b' '; 101_000_000]));
    assert_eq!(sheets(&packed(&own)), Err(WorkbookError::TooLarge), "bytes");
}

/// A book of packed files.
fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn indicators_workbooks_that_cannot_be_read_say_why() {
    let compound = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        COMPOUND.into_iter().chain([0; 600]).chain(name).collect::<Vec<u8>>()
    };
    assert_eq!(sheets(&compound("EncryptedPackage")), Err(WorkbookError::Locked));
    assert_eq!(sheets(&compound("Workbook")), Err(WorkbookError::Old));
    assert_eq!(sheets(&XLSX[..XLSX.len() / 2]), Err(WorkbookError::Broken));
    assert_eq!(sheets(b"PK"), Err(WorkbookError::Broken));
    assert_eq!(sheets(&xlsx("", "")), Err(WorkbookError::Empty));
    assert_eq!(sheets(&packed(&[("word/document.xml".to_owned(), b"<w/>".to_vec())])), Err(WorkbookError::Unknown));
    let mut locked = files(ODS).unwrap();
    for (name, text) in &mut locked {
        if name == "META-INF/manifest.xml" {
            *text = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>".to_vec();
        } else if name == "content.xml" {
            *text = vec![0xff; 400];
        }
    }
    assert_eq!(sheets(&packed(&locked)), Err(WorkbookError::Locked));
    for refused in [
        WorkbookError::Locked,
        WorkbookError::Old,
        WorkbookError::Broken,
        WorkbookError::TooLarge,
        WorkbookError::TooWide,
        WorkbookError::Unknown,
        WorkbookError::Empty,
    ] {
        assert!(refused.to_string().ends_with('.'), "each is a sentence: {refused}");
    }
}

#[test]
fn indicators_workbooks_numbers_are_as_exact_as_they_are_shown() {
    for (value, text) in
        [(0.1 + 0.2, "0,3"), (2024.0, "2024"), (-3.25, "-3,25"), (1e21, "1000000000000000000000"), (0.0, "0")]
    {
        assert_eq!(number(value), text);
    }
    assert_eq!(percent(0.07 * 1.1), "7,7 %");
    for (format, is) in
        [("0%", true), ("0.0\\ %", true), ("0.0\"%\"", false), ("0\\%", false), ("\"a\"0%", true), ("General", false)]
    {
        assert_eq!(is_percent(format), is, "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn indicators_workbooks_that_are_damaged_are_read_or_refused(
        is_ods: bool, at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if is_ods { ODS } else { XLSX }.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut.index(40));
        // Whatever comes of it, it comes without a panic.
        drop(sheets(&bytes));
    }
}

#[test]
fn trust_workbooks_wider_than_are_read_are_refused() {
    for (column, outcome) in
        [("A", None), ("SF", None), ("SG", Some(WorkbookError::TooWide)), ("XFD", Some(WorkbookError::TooWide))]
    {
        let row = format!("<row r=\"1\"><c r=\"{column}1\"><v>1</v></c></row>");
        assert_eq!(sheets(&xlsx(&row, "")).err(), outcome, "{column}");
    }
    let cell = |count: usize| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"{count}\" \
             office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
        )
    };
    assert_eq!(sheets(&ods(&cell(500))).unwrap()[0].cells[0].len(), 500);
    assert_eq!(sheets(&ods(&cell(501))), Err(WorkbookError::TooWide));
}
