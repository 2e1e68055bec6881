//! A QR code: black on white, whatever the colours of the page, since cameras look for that.

use qrcodegen::{QrCode, QrCodeEcc};

use super::escaped;

/// White modules around the code, as its standard asks for.
const QUIET: i32 = 4;

/// Draws a text as a QR code, named for those who do not see it; nothing where it is too long for one.
pub fn qr(text: &str, name: &str) -> String {
    // A screen across a room is read at an angle; a quarter may be lost.
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                path.extend([format!("M{} {}h{}v1h-{}z", from + QUIET, y + QUIET, x - from, x - from)]);
            }
            x += 1;
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{}"><path class="qr-paper" d="M0 0h{side}v{side}H0z"/><path class="qr-ink" shape-rendering="crispEdges" d="{path}"/></svg>"#,
        escaped(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_a_code_is_drawn_whole_with_its_quiet_zone() {
        let svg = qr("K7QM-3XPD", "Din svarkode");
        // Version 1 has 21 modules a side.
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert!(svg.contains("M4 4h7v1h-7z"), "the finder in its corner: {svg}");
        assert_eq!(qr(&"x".repeat(8000), ""), "");
    }
}
