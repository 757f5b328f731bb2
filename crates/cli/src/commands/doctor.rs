use crate::{
    args::{Doctor, Global},
    doctor::{self, Examination, State},
    error::Error,
    print::{self, count},
};

pub(crate) fn run(global: &Global, args: &Doctor) -> Result<(), Error> {
    let diagnosis = doctor::examine(&Examination {
        data: &global.data,
        scratch: args.scratch.clone().unwrap_or_else(std::env::temp_dir),
        time_limit: args.time_limit,
        backups: args.backups.clone(),
    })?;
    if global.json {
        print::json(&diagnosis)?;
    } else {
        for finding in &diagnosis.findings {
            let state = match finding.state {
                State::Well => "well",
                State::Unknown => "?",
                State::Wrong => "WRONG",
            };
            print::line(&format!("{state:5}  {:7}  {}", finding.topic, finding.text))?;
        }
        if !diagnosis.advice.is_empty() {
            print::line("What to do:")?;
        }
        for advice in &diagnosis.advice {
            print::line(&format!("- {advice}"))?;
        }
    }
    let wrong = diagnosis.findings.iter().filter(|finding| finding.state == State::Wrong).count();
    match diagnosis.state() {
        State::Well => Ok(()),
        State::Unknown => Err(Error::Rejected("not all could be looked at; see above".to_owned())),
        State::Wrong => Err(Error::Unwell(count(wrong, "thing"))),
    }
}
