use chancery_projections::OfficeAt;

use crate::export::{
    cell::{date, maybe, place, said, symbol, text, truth, word},
    list::{ColumnOf, Kind, ListOf, column},
};

pub(super) static OFFICES: ListOf<OfficeAt> = ListOf {
    name: "offices",
    view: "Office",
    table: "offices",
    about: "Who holds which office on the day, by office, theme and name.",
    key: None,
    items: |at| at.offices(),
    columns: COLUMNS,
};

pub(super) static TERMS: ListOf<OfficeAt> = ListOf {
    name: "terms",
    view: "Term",
    table: "terms",
    about: "Every term of office by an act done until the day, held on the day or not, in the order of recording.",
    key: None,
    items: |at| at.terms().collect(),
    columns: COLUMNS,
};

const COLUMNS: &[ColumnOf<OfficeAt>] = &[
    column("office", Kind::Text, "Which office, by its code in the profile.", |it| {
        text(&it.office)
    }),
    column("office_name", Kind::Text, "Its name in the profile.", |it| text(&it.office_name)),
    column("theme", Kind::Text, "Its theme, by the id in the profile.", |it| {
        maybe(it.theme.as_ref())
    }),
    column("theme_name", Kind::Text, "The theme's name in the profile.", |it| {
        maybe(it.theme_name.as_ref())
    }),
    column("meeting", Kind::Meeting, "The meeting whose office it is.", |it| maybe(it.of.as_ref())),
    column("state_code", Kind::State, "The State that holds it.", |it| {
        maybe(it.state.as_ref().map(|state| state.code))
    }),
    column("state_name", Kind::StateName, "Its name on the day.", |it| {
        maybe(it.state.as_ref().map(|state| &state.name))
    }),
    column("organisation", Kind::Text, "The organisation whose person holds it.", |it| {
        maybe(it.organisation.as_ref().map(|it| &it.id))
    }),
    column("organisation_name", Kind::Text, "Its name in the profile.", |it| {
        maybe(it.organisation.as_ref().map(|it| &it.name))
    }),
    column("person", Kind::Text, "The person, as printed.", |it| maybe(it.person.as_ref())),
    column("capacity", Kind::Text, "The person's function, as printed.", |it| {
        maybe(it.capacity.as_ref())
    }),
    column(
        "accession",
        Kind::Word,
        "How the holder came to it: elected, designated, confirmed or succeeded.",
        |it| word(&it.accession),
    ),
    column("from_said", Kind::Text, "The first day, as it was said.", |it| said(Some(&it.from))),
    column("from_on", Kind::Date, "The day that this comes to.", |it| date(Some(&it.from))),
    column("until_said", Kind::Text, "The last day, as it was said; empty is open.", |it| {
        said(it.until.as_ref())
    }),
    column(
        "until_on",
        Kind::Date,
        "The day that this comes to; it moves with its meeting.",
        |it| date(it.until.as_ref()),
    ),
    column("certain", Kind::Truth, "Whether it is for certain held on the day.", |it| {
        truth(it.certain)
    }),
    column("source_symbol", Kind::Text, "The document that proves it.", |it| {
        symbol(it.source.as_ref())
    }),
    column("source_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
];
