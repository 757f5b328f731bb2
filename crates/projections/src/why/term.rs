use super::{Figure, TermFigure, Why, WhyRefused, refused::there_is};
use crate::{at::At, offices::OfficeAt};

impl At<'_> {
    /// Why a term of office begins and ends when it does.
    pub fn why_term(&self, it: &OfficeAt) -> Why {
        let figure = Figure::Term(self.address(it));
        let why = Why::new(
            figure,
            "a term begins and ends as the act that filled it says, and not later than an act that ended it; a moment that hangs on a meeting moves with the meeting",
        );
        let Some(term) = self.view.state().offices.terms().get(it.number) else {
            return why;
        };
        let date = |resolved: &crate::at::Resolved| match resolved.date {
            Some(date) => date.to_string(),
            None => resolved.said.to_string(),
        };
        let until = it.until.as_ref().map_or_else(|| "open".to_owned(), date);
        let holder = it.state.as_ref().map(|state| state.name.as_str());
        let holder =
            holder.or(it.organisation.as_ref().map(|it| &*it.name)).or(it.person.as_deref());
        let mut why = self.with_moment(
            why.value(format!("from {} until {until}", date(&it.from)))
                .with("office", &it.office_name)
                .with_known("theme", it.theme_name.as_ref())
                .with_known("holder", holder),
            "from",
            &term.from,
        );
        why = match &term.until {
            Some(until) => self.with_moment(why, "until", until),
            None => why.with("until", "no end is said"),
        };
        let held = match self.held(term) {
            Some(true) => "certainly",
            Some(false) => "possibly",
            None => "no",
        };
        let index = |index: &usize| self.event(*index).cloned();
        let ended = term.ended.filter(|on| self.counts(*on));
        let end = self.view.ends.get(&it.number).filter(|_| ended.is_some());
        why.with_known("ended before its time", ended)
            .with(format!("held on {}", self.day), held)
            .rests_on(self, self.view.by_term.get(it.number).and_then(index))
            .rests_on(self, end.and_then(index))
    }

    /// The one term that an address means.
    pub(super) fn term_at(&self, asked: &TermFigure) -> Result<OfficeAt, WhyRefused> {
        let nothing = |what: String, help| WhyRefused::Nothing { what, day: self.day, help };
        let of_office: Vec<OfficeAt> =
            self.terms().filter(|it| it.office == asked.office).collect();
        if of_office.is_empty() {
            let known = &self.view.state().offices.rules.offices;
            let known: Vec<String> = known.iter().map(|it| it.id.to_string()).collect();
            let what = format!("term of the office `{}`", asked.office);
            let help = if known.iter().any(|id| id == asked.office.as_str()) {
                "ask of a later day".to_owned()
            } else {
                there_is(asked.office.as_str(), &known)
            };
            return Err(nothing(what, help));
        }
        let fits = |it: &&OfficeAt| {
            let words = self.words(it);
            asked.words.iter().all(|word| words.contains(word))
                && asked.position.is_none_or(|position| self.position(it) == Some(position))
        };
        let mut found: Vec<&OfficeAt> = of_office.iter().filter(fits).collect();
        // Whoever holds it on the day goes before those who did, or will.
        if found.len() > 1 {
            let held: Vec<&OfficeAt> = found.iter().copied().filter(|it| it.certain).collect();
            if held.len() == 1 {
                found = held;
            }
        }
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                let mut known: Vec<String> =
                    of_office.iter().map(|it| self.address(it).to_string()).collect();
                known.dedup();
                Err(nothing(format!("`{asked}`"), there_is(&asked.to_string(), &known)))
            }
            several => Err(WhyRefused::Several {
                text: asked.to_string(),
                found: several.iter().map(|it| self.address(it).to_string()).collect(),
            }),
        }
    }

    /// The words by which a term is told apart from others of its office.
    fn words(&self, it: &OfficeAt) -> Vec<String> {
        let holder = it.state.as_ref().map(|state| state.code.to_string());
        let organisation = it.organisation.as_ref().map(|it| it.id.to_string());
        let theme = it.theme.as_ref().map(ToString::to_string);
        let of = it.of.as_ref().map(ToString::to_string);
        [holder, organisation, theme, of].into_iter().flatten().collect()
    }

    fn address(&self, it: &OfficeAt) -> TermFigure {
        TermFigure { office: it.office.clone(), words: self.words(it), position: self.position(it) }
    }

    /// The position of the event behind a term.
    fn position(&self, it: &OfficeAt) -> Option<u64> {
        let index = self.view.by_term.get(it.number)?;
        self.event(*index).map(|recorded| recorded.position)
    }
}
