//! Draws QR codes: black on white whatever the colours of the page, because cameras expect it.

use qrcodegen::{QrCode, QrCodeEcc};

use super::escaped;

/// The width of the white margin around the code, in modules, as the standard requires.
const QUIET_ZONE: i32 = 4;

/// Draws a text as a QR code. `name` is its name for those who do not see it. Returns an empty text where the text is
/// too long for a code.
pub fn qr(text: &str, name: &str) -> String {
    // A screen across a room is read at an angle: this level restores up to 15 % of a code.
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let side = code.size() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                path.extend([format!("M{} {}h{}v1h-{}z", start + QUIET_ZONE, y + QUIET_ZONE, x - start, x - start)]);
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
    fn code_is_drawn_with_quiet_zone() {
        let svg = qr("K7QM-3XPD", "Din svarkode");
        // A code of version 1 has 21 modules on each side.
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert!(svg.contains("M4 4h7v1h-7z"), "the finder pattern lies in the corner: {svg}");
        assert_eq!(qr(&"x".repeat(8000), ""), "");
    }
}
