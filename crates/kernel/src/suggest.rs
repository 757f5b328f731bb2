/// The candidate that a misspelt word most likely meant, if one is near enough to be worth saying.
///
/// Nearness is the Damerau–Levenshtein distance, at most a third of the word's length (and at
/// least one).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_near_and_leaves_the_far() {
        assert_eq!(nearest("electd", ["elected", "ended"]), Some("elected"));
        assert_eq!(nearest("quorum", ["elected", "ended"]), None);
    }
}
