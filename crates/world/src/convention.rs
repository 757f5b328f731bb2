//! One convention from its adoption to the last day that is recorded.

use chancery_kernel::{ConventionId, RecorderId};
use chancery_register::{
    Command, Profile, ProfileCommand, ProfileRecord,
    record::{Content, RecordFile},
};
use jiff::civil::{Date, date};

use crate::{
    chance::Chance,
    corrections,
    duties::Duties,
    error::MakeError,
    meetings::Meetings,
    money::Money,
    profile::profile,
    source::Source,
    states::{Reach, States},
};

/// The last day that anything is recorded of.
pub(crate) const LAST: Date = date(2025, 12, 31);

/// How lively a convention is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Character {
    /// The year of its adoption.
    pub(crate) adopted: i16,
    /// How many States may take part.
    pub(crate) states: usize,
    /// How many of a hundred States sign.
    pub(crate) sign: u32,
    /// Years from one meeting to the next.
    pub(crate) cadence: i16,
    /// Decisions of a meeting, besides the usual ones.
    pub(crate) decisions: u16,
    /// Speeches at a meeting.
    pub(crate) speeches: u16,
    /// Documents of a meeting.
    pub(crate) documents: u16,
    /// How many of a hundred States parties are invoiced in a year.
    pub(crate) invoiced: u32,
    /// How many of a hundred States parties report in a year.
    pub(crate) reporting: u32,
}

/// What everything of one convention is made with.
#[derive(Debug)]
pub(crate) struct Making {
    pub(crate) chance: Chance,
    pub(crate) id: ConventionId,
    /// The first part of its documents' symbols.
    pub(crate) body: String,
    pub(crate) secretariat: RecorderId,
    pub(crate) character: Character,
    pub(crate) profile: Profile,
    pub(crate) states: States,
}

/// The id of a convention by its number, from 0.
///
/// # Errors
/// None in practice.
pub fn id(number: usize) -> Result<ConventionId, MakeError> {
    Ok(format!("fiction-{number:04}").parse()?)
}

/// The whole history of a convention, one record file for each source, in the order of recording.
/// The same for the same seed and number.
///
/// # Errors
/// None in practice: a mistake of the generator.
pub fn convention(seed: u64, number: usize) -> Result<Vec<RecordFile>, MakeError> {
    let mut making = Making::new(seed, number)?;
    let mut files = vec![making.law()?];
    let mut meetings = Meetings::new(&mut making)?;
    let mut duties = Duties::new(&mut making, &mut meetings)?;
    let money = Money::new(&making)?;
    for year in making.character.adopted..=LAST.year() {
        files.extend(making.depositary(year)?);
        files.extend(money.year(&mut making, &meetings, year)?);
        files.extend(meetings.year(&mut making, year)?);
        files.extend(duties.year(&mut making, year)?);
    }
    files.extend(corrections::of(&mut making, &files)?);
    Ok(files)
}

impl Making {
    fn new(seed: u64, number: usize) -> Result<Self, MakeError> {
        let mut chance = Chance::new(seed, number);
        let character = Character::new(&mut chance, number);
        let body = body(number);
        let (month, day) = (chance.between(1, 12), chance.between(1, 28));
        let adopted_on = Date::new(
            character.adopted,
            i8::try_from(month).unwrap_or(1),
            i8::try_from(day).unwrap_or(1),
        )?;
        // A third of those that will sign and consent, at the least fifteen.
        let signing = character.states * character.sign as usize / 100;
        let instruments = u32::try_from(signing / 3).unwrap_or(15).max(15);
        let profile = profile(&mut chance, number, &body, adopted_on, instruments)?;
        let reach = Reach { states: character.states, sign: character.sign, last: LAST };
        let states = States::new(&mut chance, &profile.membership, reach)?;
        let (id, secretariat) = (id(number)?, "secretariat".parse()?);
        Ok(Self { chance, id, body, secretariat, character, profile, states })
    }

    /// A source that the secretariat records.
    pub(crate) fn source(&self, symbol: &str) -> Result<Source, MakeError> {
        Source::new(&self.id, &self.secretariat, symbol)
    }

    fn law(&mut self) -> Result<RecordFile, MakeError> {
        let mut source = self.source(&format!("{}, text as adopted (fictional)", self.body))?;
        let profile = self.profile.clone();
        let on = profile.adopted_on.into();
        source.fact(Command::Profile(ProfileCommand::Record(ProfileRecord { on, profile })))?;
        Ok(source.into_file())
    }

    /// What the depositary notified in a year.
    fn depositary(&mut self, year: i16) -> Result<Option<RecordFile>, MakeError> {
        let mut source =
            self.source(&format!("{}, notifications of {year} (fictional)", self.body))?;
        for act in self.states.acts_in(year) {
            source.fact(Command::Membership(act))?;
        }
        Ok(source.finish())
    }
}

impl Character {
    /// The first convention is a large one: it has what there is to look at. Of the others most are
    /// of some thousand events, some are small and a few are large.
    fn new(chance: &mut Chance, number: usize) -> Self {
        let large = Self {
            adopted: 1999,
            states: 197,
            sign: 80,
            cadence: 1,
            decisions: 62,
            speeches: 28,
            documents: 18,
            invoiced: 22,
            reporting: 24,
        };
        if number == 0 {
            return large;
        }
        let years = match chance.between(0, 9) {
            0..=2 => chance.between(8, 14),
            3..=8 => chance.between(14, 26),
            _ => chance.between(26, 40),
        };
        Self {
            adopted: LAST.year() - i16::try_from(years).unwrap_or(20),
            states: chance.count(70, 197),
            sign: u32::try_from(chance.between(55, 85)).unwrap_or(70),
            cadence: if chance.percent(65) { 1 } else { 2 },
            decisions: chance.count(12, 40) as u16,
            speeches: chance.count(8, 40) as u16,
            documents: chance.count(10, 30) as u16,
            invoiced: u32::try_from(chance.between(0, 50)).unwrap_or(20),
            reporting: u32::try_from(chance.between(10, 60)).unwrap_or(30),
        }
    }
}

/// How many facts a file has.
pub(crate) fn facts(file: &RecordFile) -> usize {
    file.entries.iter().filter(|it| matches!(it.content, Content::Fact(_))).count()
}

/// The first part of a convention's symbols: capital letters, as in `CCM/MSP/2017/12`.
fn body(number: usize) -> String {
    let letter = |power: u32| {
        let digit = number / 26usize.pow(power) % 26;
        char::from(b'A' + u8::try_from(digit).unwrap_or(0))
    };
    ["FI".to_owned(), letter(2).into(), letter(1).into(), letter(0).into()].concat()
}
