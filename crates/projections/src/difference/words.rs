//! Dates as people say them.

use chancery_kernel::PartialDate;

/// `6 September 2017`, `September 2017`, `2017`.
pub(super) fn date(date: PartialDate) -> String {
    let form = match date {
        PartialDate::Day(_) => "%-d %B %Y",
        PartialDate::Month(_) => "%B %Y",
        PartialDate::Year(_) => "%Y",
    };
    date.earliest().strftime(form).to_string()
}

/// `on 6 September 2017`, `in September 2017`, `in 2017`.
pub(super) fn on(day: PartialDate) -> String {
    match day {
        PartialDate::Day(_) => format!("on {}", date(day)),
        PartialDate::Month(_) | PartialDate::Year(_) => format!("in {}", date(day)),
    }
}

/// `3 to 5 September 2018`.
pub(super) fn days(first: PartialDate, last: Option<PartialDate>) -> String {
    let Some(last) = last.filter(|last| *last != first) else { return date(first) };
    let (from, until) = (first.earliest(), last.earliest());
    let same_month = (from.year(), from.month()) == (until.year(), until.month());
    match (first, last) {
        (PartialDate::Day(_), PartialDate::Day(_)) if same_month => {
            format!("{} to {}", from.day(), date(last))
        }
        _ => format!("{} to {}", date(first), date(last)),
    }
}

/// The words of a name in camel case: `TookNote` is `took note`.
pub(super) fn verb(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// What an event did, by its type: `plenary held`.
pub(super) fn event(kind: &str) -> String {
    kind.rsplit('.').next().unwrap_or_default().replace('_', " ")
}

/// A field's value: a date or another text as people say it, everything else as it is written.
pub(super) fn value(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "nothing".to_owned(),
        serde_json::Value::String(text) => text.parse().map_or_else(|_| text.clone(), date),
        other => other.to_string(),
    }
}

/// With a capital at its head.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_precisely_as_they_are_known() {
        for (text, said) in
            [("2017-09-06", "6 September 2017"), ("2017-09", "September 2017"), ("2017", "2017")]
        {
            assert_eq!(date(text.parse().unwrap()), said);
        }
        let span = |a: &str, b: &str| days(a.parse().unwrap(), Some(b.parse().unwrap()));
        assert_eq!(span("2018-09-03", "2018-09-05"), "3 to 5 September 2018");
        assert_eq!(span("2018-08-30", "2018-09-01"), "30 August 2018 to 1 September 2018");
        assert_eq!(span("2018-09-03", "2018-09-03"), "3 September 2018");
    }

    #[test]
    fn verbs_are_said_in_words() {
        assert_eq!(verb("TookNote"), "took note");
    }
}
