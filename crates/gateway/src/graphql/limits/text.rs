/// The longest query, in bytes.
pub const MAX_QUERY_BYTES: usize = 64 * 1024;

/// How deep brackets of all kinds may be nested. The parser recurses on each: 2,000 of them
/// overflow a thread's stack.
const MAX_NESTING: usize = 64;

/// Refuses a query that is too long or too nested to be parsed, in one pass over its bytes.
pub(in crate::graphql) fn check(query: &str) -> Result<(), String> {
    if query.len() > MAX_QUERY_BYTES {
        return Err(format!(
            "the query has {} bytes; at most {MAX_QUERY_BYTES} are read",
            query.len()
        ));
    }
    if nesting(query.as_bytes()) > MAX_NESTING {
        return Err(format!("the query nests brackets more than {MAX_NESTING} deep"));
    }
    Ok(())
}

/// The deepest nesting of brackets outside strings and comments. What does not close counts as
/// open to the end: never less than the parser meets.
fn nesting(query: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = query;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'"' => after_string(after),
            b'#' => after_line(after),
            _ => after,
        };
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// What follows a string whose first quotation mark has been read. Where it does not close, the
/// mark alone is passed over, so that nothing can hide behind it.
fn after_string(text: &[u8]) -> &[u8] {
    if let Some(block) = text.strip_prefix(b"\"\"") {
        let end = find(block, |rest| {
            if rest.starts_with(b"\\\"\"\"") {
                Step::Over(4)
            } else if rest.starts_with(b"\"\"\"") {
                Step::End(3)
            } else {
                Step::Over(1)
            }
        });
        // Without an end it is an empty string, and the text goes on behind it.
        return end.unwrap_or(block);
    }
    let end = find(text, |rest| match rest {
        [b'\\', _, ..] => Step::Over(2),
        [b'"', ..] => Step::End(1),
        [b'\n' | b'\r', ..] => Step::Unclosed,
        _ => Step::Over(1),
    });
    end.unwrap_or(text)
}

enum Step {
    Over(usize),
    End(usize),
    Unclosed,
}

/// What follows the end that `step` finds, if it finds one.
fn find(text: &[u8], step: impl Fn(&[u8]) -> Step) -> Option<&[u8]> {
    let mut rest = text;
    while !rest.is_empty() {
        match step(rest) {
            Step::Over(bytes) => rest = rest.get(bytes..).unwrap_or_default(),
            Step::End(bytes) => return rest.get(bytes..),
            Step::Unclosed => return None,
        }
    }
    None
}

fn after_line(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    end.and_then(|end| text.get(end..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn nests(query: &str, depth: usize) {
        assert_eq!(nesting(query.as_bytes()), depth, "{query}");
    }

    #[test]
    fn counts_brackets_of_all_kinds() {
        nests("", 0);
        nests("{ a(b: [1, {c: 2}]) { d } } { e }", 4);
        nests("}}}{", 1);
    }

    #[test]
    fn passes_over_strings_and_comments() {
        nests(r#"{ a(b: "[[[[") }"#, 2);
        nests(r#"{ a(b: "\"[[[[") }"#, 2);
        nests(r#"{ a(b: """ [[ " [[ \""" [[ """) }"#, 2);
        nests(r#"{ a(b: "") { c } }"#, 2);
        nests("{ # [[[[ \" \n a }", 1);
    }

    #[test]
    fn nothing_hides_behind_a_string_that_does_not_close() {
        nests("{ a(b: \"\n [[[[", 6);
        nests("{ a(b: \"\"\" [[[[", 6);
        nests("{ a(b: \" [[[[", 6);
    }

    #[test]
    fn refuses_what_would_overflow_the_parser() {
        for bomb in ["[", "{a:", "(", "{a"] {
            let query = format!("{{ a(b: {}", bomb.repeat(2000));
            assert!(check(&query).unwrap_err().contains("64 deep"));
        }
        assert!(check(&" ".repeat(MAX_QUERY_BYTES + 1)).is_err());
        assert!(check("{ conventions { id } }").is_ok());
    }

    #[test]
    fn reads_every_byte_a_bounded_number_of_times() {
        // Strings that never close must not be searched again from each of their marks.
        let query = "\"\"\" ".repeat(MAX_QUERY_BYTES / 4);
        assert!(check(&query).is_ok());
    }
}
