use rust_decimal::Decimal;

/// The most digits before the point: sums of a thousand million such numbers stay exact.
pub(super) const MAX_WHOLE_DIGITS: usize = 15;

/// Digits, and after a point more of them: nothing that two readers could read in two ways. A sign
/// is read, so that a negative number can be called one.
pub(super) fn read(text: &str) -> Option<Decimal> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > MAX_WHOLE_DIGITS || fraction.len() > 9 {
        return None;
    }
    Decimal::from_str_exact(text).ok().map(|number| number.normalize())
}

/// What was written, short enough to be shown.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
