use crate::settings::Limits;

/// Refuses a query that is too long or too nested to be parsed, in one pass over its bytes.
pub(in crate::graphql) fn check(query: &str, limits: &Limits) -> Result<(), String> {
    let bytes = limits.query_bytes.get();
    if query.len() > bytes {
        return Err(format!("the query has {} bytes; at most {bytes} are read", query.len()));
    }
    let Form { nesting, tokens } = form(query.as_bytes());
    if nesting > limits.nesting.get() {
        let limit = limits.nesting.get();
        return Err(format!("the query nests brackets more than {limit} deep"));
    }
    if tokens > limits.tokens.get() {
        let limit = limits.tokens.get();
        return Err(format!(
            "the query consists of {tokens} names, values and marks; at most {limit} are read"
        ));
    }
    Ok(())
}

/// What a query looks like before it is parsed.
#[derive(Debug, PartialEq)]
struct Form {
    /// The deepest nesting of brackets outside strings and comments. What does not close counts as
    /// open to the end: never less than the parser meets.
    nesting: usize,
    /// Names, values and marks; `...` counts as three.
    tokens: usize,
}

fn form(query: &[u8]) -> Form {
    let (mut depth, mut nesting) = (0_usize, 0);
    let (mut tokens, mut in_word) = (0, false);
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
        nesting = nesting.max(depth);
        let word = is_word(byte);
        let goes_on = word && in_word;
        let is_nothing = byte.is_ascii_whitespace() || matches!(byte, b',' | b'#');
        tokens += usize::from(!(goes_on || is_nothing));
        in_word = word;
    }
    Form { nesting, tokens }
}

/// Whether a byte goes on with a name or a number. A dot does not: a number with one counts twice.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+') || !byte.is_ascii()
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
        assert_eq!(form(query.as_bytes()).nesting, depth, "{query}");
    }

    #[track_caller]
    fn consists(query: &str, tokens: usize) {
        assert_eq!(form(query.as_bytes()).tokens, tokens, "{query}");
    }

    #[test]
    fn counts_names_values_and_marks() {
        consists("", 0);
        consists("{ a }", 3);
        consists("{a:b(c:-12,d:\"x y z\"){e}}", 16);
        consists("# nothing here { }\n a, b", 2);
        consists("\"\"\" a b c \"\"\"", 1);
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
        let limits = Limits::default();
        for bomb in ["[", "{a:", "(", "{a"] {
            let query = format!("{{ a(b: {}", bomb.repeat(2000));
            assert!(check(&query, &limits).unwrap_err().contains("64 deep"));
        }
        assert!(check(&" ".repeat(limits.query_bytes.get() + 1), &limits).is_err());
        assert!(
            check(&"a ".repeat(limits.tokens.get() + 1), &limits).unwrap_err().contains("marks")
        );
        assert!(check("{ conventions { id } }", &limits).is_ok());
    }

    #[test]
    fn reads_every_byte_a_bounded_number_of_times() {
        // Strings that never close must not be searched again from each of their marks.
        let limits = Limits::default();
        let query = "\"\"\" ".repeat(limits.query_bytes.get() / 4);
        assert!(check(&query, &limits).is_ok());
    }
}
