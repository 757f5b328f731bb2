//! `kill -9` while recording: what was acknowledged is there, and nothing is there by half.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::Stdio,
    time::Duration,
};

use crate::run::Register;

const ROUNDS: u32 = 20;
const FILES: u32 = 40;
const FACTS: usize = 25;

#[test]
fn no_acknowledged_commit_is_lost_and_none_is_halved() {
    let register = Register::ccm();
    let mut acknowledged: Vec<String> = Vec::new();
    let mut killed = 0;
    for round in 0..ROUNDS {
        let files: Vec<String> = (0..FILES)
            .map(|file| register.file(&name(round, file), content(round, file)))
            .collect();
        let mut args = vec!["record"];
        args.extend(files.iter().map(String::as_str));
        let mut child = register.command(&args).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        // A different moment each round: after so many acknowledgements, and a little later.
        let patience = (round * 7 % FILES) as usize;
        for line in out.lines().map_while(Result::ok) {
            if let Some((file, _)) = line.split_once(": recorded") {
                acknowledged.push(file.rsplit('/').next().unwrap().to_owned());
                if acknowledged.len() % FILES as usize == patience {
                    std::thread::sleep(Duration::from_micros(u64::from(round) * 137 % 1500));
                    let _ = child.kill();
                }
            }
        }
        killed += u32::from(!child.wait().unwrap().success());
    }
    assert!(killed > ROUNDS / 2, "only {killed} rounds were cut short: the test tests nothing");

    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for event in register.history().as_array().unwrap() {
        let source = event["event"]["source"]["symbol"].as_str().unwrap();
        if source.starts_with("round-") {
            *found.entry(source.to_owned()).or_default() += 1;
        }
    }
    for file in &acknowledged {
        assert_eq!(found.get(file), Some(&FACTS), "{file} was acknowledged");
    }
    for (file, events) in &found {
        assert_eq!(*events, FACTS, "{file} is there by half");
    }
    println!("{killed} kills, {} commits acknowledged, {} found", acknowledged.len(), found.len());
}

fn name(round: u32, file: u32) -> String {
    format!("round-{round}-{file}.yaml")
}

fn content(round: u32, file: u32) -> String {
    let mut text = format!(
        "convention: ccm\nsource: {}\nrecorded_by: isu\non: 2020-01-01\nfacts:\n",
        name(round, file)
    );
    for fact in 0..FACTS {
        text.push_str(&format!(
            "  - {{ para: {fact}, decided: {{ id: r{round}-{file}-{fact}, verb: noted, summary: fact {fact} }} }}\n"
        ));
    }
    text
}
