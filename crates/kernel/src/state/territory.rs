//! ISO 3166-1 gives codes to territories, too. They take no treaty action of their own.

/// Codes of ISO 3166-1 that are neither a member of the United Nations nor one of the four other
/// States that the Secretary-General's practice as depositary admits.
const TERRITORIES: [&str; 52] = [
    "ABW", "AIA", "ALA", "ASM", "ATA", "ATF", "BES", "BLM", "BMU", "BVT", "CCK", "CUW", "CXR",
    "CYM", "ESH", "FLK", "FRO", "GGY", "GIB", "GLP", "GRL", "GUF", "GUM", "HKG", "HMD", "IMN",
    "IOT", "JEY", "MAC", "MAF", "MNP", "MSR", "MTQ", "MYT", "NCL", "NFK", "PCN", "PRI", "PYF",
    "REU", "SGS", "SHN", "SJM", "SPM", "SXM", "TCA", "TKL", "TWN", "UMI", "VGB", "VIR", "WLF",
];

pub(super) fn is_territory(code: &str) -> bool {
    TERRITORIES.binary_search(&code).is_ok()
}
