//! The words of fictional conventions. They are about nothing that any convention is about.

use chancery_kernel::Text;

use crate::error::MakeError;

pub(crate) const SUBJECTS: [&str; 24] = [
    "Lighthouses",
    "Sundials",
    "Footbridges",
    "Weathercocks",
    "Tide Gauges",
    "Bell Towers",
    "Milestones",
    "Wells",
    "Ferries",
    "Beehives",
    "Kites",
    "Orchards",
    "Windmills",
    "Lanterns",
    "Star Maps",
    "Paper Mills",
    "Seed Banks",
    "Mountain Huts",
    "Reading Rooms",
    "Canal Locks",
    "Town Clocks",
    "Bird Boxes",
    "Hedges",
    "Stepping Stones",
];

pub(crate) const ACTS: [&str; 8] = [
    "the Keeping of",
    "the Counting of",
    "the Mutual Recognition of",
    "the Repair of",
    "the Naming of",
    "the Lending of",
    "the Marking of",
    "Safe Access to",
];

pub(crate) const CITIES: [(&str, &str); 12] = [
    ("Geneva", "CHE"),
    ("Vienna", "AUT"),
    ("New York", "USA"),
    ("Nairobi", "KEN"),
    ("Santiago", "CHL"),
    ("Vientiane", "LAO"),
    ("Zagreb", "HRV"),
    ("Lusaka", "ZMB"),
    ("San José", "CRI"),
    ("Oslo", "NOR"),
    ("Beirut", "LBN"),
    ("Maputo", "MOZ"),
];

/// Themes of work, with their ids.
pub(crate) const THEMES: [(&str, &str); 8] = [
    ("general_status", "General status and operation"),
    ("universalization", "Universalization"),
    ("inventory", "Inventories"),
    ("repair", "Repair and upkeep"),
    ("cooperation", "Cooperation and assistance"),
    ("reporting", "Reporting"),
    ("national_measures", "National measures"),
    ("money", "Financing of the secretariat"),
];

/// Organisations, with their ids. All but the first are made up.
pub(crate) const ORGANISATIONS: [(&str, &str); 7] = [
    ("un", "United Nations"),
    ("secretariat", "Secretariat of the convention (fictional)"),
    ("keepers", "International Federation of Keepers (fictional)"),
    ("academy", "Academy of Useful Structures (fictional)"),
    ("coalition", "Coalition of Friends (fictional)"),
    ("surveyors", "World Union of Surveyors (fictional)"),
    ("fund", "Upkeep Fund (fictional)"),
];

const ACTIONS: [&str; 16] = [
    "to keep the inventory of the past year open for another six months",
    "that States parties exchange their experience with the repair of old structures",
    "to ask the secretariat for a list of good practice before the next meeting",
    "that the forms for yearly reports be shortened and offered in all official languages",
    "the importance of assistance to States that have many structures and few keepers",
    "to hold an informal exchange of views on inspection in the spring",
    "the report of the coordinators, and their wish to go on with regional workshops",
    "that no State be asked twice for the same survey",
    "to publish a map of all marked places, with the consent of the States concerned",
    "the progress that was made towards universal adherence since the last meeting",
    "with concern that several structures were lost in storms",
    "to encourage the training of young keepers through exchanges between States",
    "that contributions be received before the end of the first quarter",
    "the offer of a State party to be the host of the next meeting",
    "to review the working methods of the meeting at its next session",
    "that the coordinators prepare a plan of work for the next two years",
];

const REASONS: [&str; 6] = [
    "in the light of the discussion",
    "on the proposal of the President",
    "as set out in the working paper",
    "taking the views of all regions into account",
    "without prejudice to national law",
    "within the means that are at hand",
];

const DOCUMENTS: [&str; 10] = [
    "Provisional agenda",
    "Annotated programme of work",
    "Rules of procedure",
    "Report of the coordinators on universalization",
    "Draft progress report",
    "Analysis of requests for more time",
    "Estimated costs of the next meeting",
    "Proposal for the budget of the secretariat",
    "Working paper on inspection",
    "Lessons from regional workshops",
];

const FIRST: [&str; 16] = [
    "Ada", "Bruno", "Chidi", "Dalia", "Emeka", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi",
    "Leila", "Mateo", "Nadia", "Oskar", "Priya",
];

const LAST: [&str; 16] = [
    "Abara",
    "Bergström",
    "Castellan",
    "Duarte",
    "Ekwueme",
    "Ferrand",
    "Gligor",
    "Haidari",
    "Ivanek",
    "Jurić",
    "Kamara",
    "Lindqvist",
    "Moreau",
    "Nakata",
    "Okonjo",
    "Petrov",
];

/// The text of a summary.
pub(crate) fn action(chance: &mut crate::chance::Chance) -> Result<Text, MakeError> {
    let (what, why) = (chance.one(&ACTIONS), chance.one(&REASONS));
    text(format!("{what}, {why}"))
}

/// The title of a document, with a number that tells it from its like.
pub(crate) fn title(chance: &mut crate::chance::Chance, number: usize) -> Result<Text, MakeError> {
    match DOCUMENTS.get(number) {
        Some(title) => text((*title).to_owned()),
        None => text(format!("{}, part {number}", chance.one(&DOCUMENTS))),
    }
}

/// Somebody who does not exist.
pub(crate) fn person(chance: &mut crate::chance::Chance) -> Result<Text, MakeError> {
    let title = if chance.percent(40) { "Ambassador " } else { "" };
    text(format!("{title}{} {}", chance.one(&FIRST), chance.one(&LAST)))
}

pub(crate) fn text(words: String) -> Result<Text, MakeError> {
    Ok(Text::try_from(words)?)
}
