//! Tests reading XLSX and ODS workbooks, made here or taken from the samples.

use proptest::prelude::*;

use super::*;
use crate::unpack::{pack, unpack};

const XLSX: &[u8] = include_bytes!("../../../tests/samples/trivsel.xlsx");
const ODS: &[u8] = include_bytes!("../../../tests/samples/trivsel.ods");

/// Makes an XLSX workbook of one visible sheet. Styles: 0 plain, 1 per cent, 2 a date, 3 a per cent sign that is
/// literal.
fn xlsx(rows: &str, shared: &str) -> Vec<u8> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/";
    let main = format!(
        "xmlns=\"{NAMESPACE}spreadsheetml/2006/main\" xmlns:r=\"{NAMESPACE}officeDocument/2006/relationships\""
    );
    let relations =
        |inner: &str| format!("<Relationships xmlns=\"{NAMESPACE}package/2006/relationships\">{inner}</Relationships>");
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"{NAMESPACE}officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
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
    pack(&files).unwrap().into_inner()
}

/// Makes an ODS workbook of one sheet.
fn ods(table: &str) -> Vec<u8> {
    let mut parts = unpack(ODS).unwrap();
    let content = parts.iter_mut().find(|(name, _)| name == "content.xml").unwrap();
    content.1 = format!("<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Tal\">{table}</table:table></office:spreadsheet></office:body></office:document-content>").into_bytes();
    pack(&parts).unwrap().into_inner()
}

#[track_caller]
fn check(book: &[u8], expected: &[&[&str]]) {
    let sheets = sheets(book).unwrap();
    let cells: Vec<Vec<&str>> = sheets[0].cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    assert_eq!((sheets.len(), &*sheets[0].name), (1, "Tal"), "only the visible sheet is read");
    assert_eq!(cells, expected);
}

#[test]
fn xlsx_cells_keep_their_positions_and_formats() {
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
fn ods_per_cent_becomes_text() {
    let table = "<table:table-row><table:table-cell office:value-type=\"percentage\" office:value=\"0.074\"><text:p>7 %</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    check(&ods(table), &[&["7,4 %", "x", "x"]]);
}

#[test]
fn sheets_refuses_workbooks_that_are_too_large() {
    let repeated = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_eq!(sheets(&ods(repeated)), Err(WorkbookError::TooLarge), "repeats");
    let cells: Vec<String> =
        (1..=2010).map(|row| format!("<row r=\"{row}\"><c r=\"SF{row}\"><v>1</v></c></row>")).collect();
    assert_eq!(sheets(&xlsx(&cells.concat(), "")), Err(WorkbookError::TooLarge), "empty cells before filled ones");
    let shared = format!("<si><t>{}</t></si>", "x".repeat(1_000_000));
    let cells: Vec<String> =
        (1..=31).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(sheets(&xlsx(&cells.concat(), &shared)), Err(WorkbookError::TooLarge), "a text that many cells share");
    // 101 million bytes, which compress to a hundredth.
    let mut parts = unpack(XLSX).unwrap();
    parts.push(("xl/worksheets/sheet3.xml".to_owned(), vec![b' '; 101_000_000]));
    assert_eq!(sheets(&packed(&parts)), Err(WorkbookError::TooLarge), "bytes");
}

/// Packs files into a compressed workbook.
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
fn sheets_reports_why_a_workbook_is_not_read() {
    let compound = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        COMPOUND_PREFIX.into_iter().chain([0; 600]).chain(name).collect::<Vec<u8>>()
    };
    assert_eq!(sheets(&compound("EncryptedPackage")), Err(WorkbookError::Locked));
    assert_eq!(sheets(&compound("Workbook")), Err(WorkbookError::Old));
    assert_eq!(sheets(&XLSX[..XLSX.len() / 2]), Err(WorkbookError::Broken));
    assert_eq!(sheets(b"PK"), Err(WorkbookError::Broken));
    assert_eq!(sheets(&xlsx("", "")), Err(WorkbookError::Empty));
    assert_eq!(sheets(&packed(&[("word/document.xml".to_owned(), b"<w/>".to_vec())])), Err(WorkbookError::Unknown));
    let mut locked = unpack(ODS).unwrap();
    for (name, text) in &mut locked {
        if name == "META-INF/manifest.xml" {
            *text = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>".to_vec();
        } else if name == "content.xml" {
            *text = vec![0xff; 400];
        }
    }
    assert_eq!(sheets(&packed(&locked)), Err(WorkbookError::Locked));
    for error in [
        WorkbookError::Locked,
        WorkbookError::Old,
        WorkbookError::Broken,
        WorkbookError::TooLarge,
        WorkbookError::TooWide,
        WorkbookError::Unknown,
        WorkbookError::Empty,
    ] {
        assert!(error.to_string().ends_with('.'), "not a sentence: {error}");
    }
}

#[test]
fn numbers_and_per_cent_are_as_exact_as_shown() {
    for (value, text) in
        [(0.1 + 0.2, "0,3"), (2024.0, "2024"), (-3.25, "-3,25"), (1e21, "1000000000000000000000"), (0.0, "0")]
    {
        assert_eq!(number(value), text);
    }
    assert_eq!(percent(0.07 * 1.1), "7,7 %");
    for (format, expected) in
        [("0%", true), ("0.0\\ %", true), ("0.0\"%\"", false), ("0\\%", false), ("\"a\"0%", true), ("General", false)]
    {
        assert_eq!(is_percent(format), expected, "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn sheets_of_damaged_workbooks_does_not_panic(
        is_ods: bool, position in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if is_ods { ODS } else { XLSX }.to_vec();
        let position = position.index(bytes.len());
        bytes[position] = byte;
        bytes.truncate(bytes.len() - cut.index(40));
        // Any outcome will do, except a panic.
        drop(sheets(&bytes));
    }
}

#[test]
fn sheets_refuses_sheets_that_are_too_wide() {
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
