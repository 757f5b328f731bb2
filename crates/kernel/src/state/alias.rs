//! How the United Nations and its documents write the names of States.

/// Short names of the United Nations where ISO 3166 inverts them.
pub(super) fn united_nations_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "COD" => "Democratic Republic of the Congo",
        "KOR" => "Republic of Korea",
        "MDA" => "Republic of Moldova",
        "PRK" => "Democratic People's Republic of Korea",
        "PSE" => "State of Palestine",
        "TZA" => "United Republic of Tanzania",
        _ => return None,
    })
}

/// Variants as printed in reports and status lists.
pub(super) const VARIANTS: [(&str, &str); 15] = [
    ("BIH", "Bosnia Herzegovina"),
    ("BOL", "Bolivia"),
    ("CIV", "Ivory Coast"),
    ("GBR", "United Kingdom"),
    ("IRN", "Iran"),
    ("KNA", "St. Kitts and Nevis"),
    ("LAO", "Laos"),
    ("LCA", "St. Lucia"),
    ("MDA", "Moldova"),
    ("MKD", "Macedonia"),
    ("NLD", "Netherlands"),
    ("PSE", "Palestine"),
    ("TZA", "Tanzania"),
    ("VCT", "St. Vincent and the Grenadines"),
    ("VNM", "Vietnam"),
];

/// Whether two printings are of one name: case, the article "the" and the kind of apostrophe do not
/// matter.
pub fn same_name(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

/// The form in which two printings of one name are equal.
pub(super) fn normal(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace(['’', '‘', '`'], "'");
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
