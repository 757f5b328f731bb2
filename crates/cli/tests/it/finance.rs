//! What a meeting would cost each State, and what is due, paid and outstanding.

use crate::run::Register;

const TOTAL: [&str; 5] = ["shares", "--meeting", "8msp", "--total", "USD 300000"];

/// The parties without a rate of the United Nations, supposed to have one.
const SUPPOSED: [&str; 6] = ["--rate", "COK=0.001", "--rate", "PSE=0.007", "--rate", "VAT=0.001"];

#[test]
fn shares_are_refused_while_a_rate_is_missing() {
    let said = Register::ccm().run(&TOTAL);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("no rate for COK, PSE, VAT; record"), "{}", said.err);
}

#[test]
fn shares_are_a_what_if_that_says_who_pays_and_records_nothing() {
    let register = Register::ccm();
    let before = register.history();
    let args = [&TOTAL[..], &SUPPOSED].concat();
    let said = register.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in [
        "the States parties in force on 2018-09-03 (and the States not party that take part: no attendance is recorded",
        "supposed, and recorded nowhere: COK has a rate of 0.001",
        "scale of 2016-2018",
        "nothing of it is recorded",
    ] {
        assert!(said.out.contains(phrase), "{phrase}: {}", said.out);
    }
    let json = register.json(&args);
    let shares = json["shares"].as_array().unwrap();
    let cents = |amount: &serde_json::Value| -> u64 {
        let number = amount.as_str().unwrap().trim_start_matches("USD ");
        let (whole, cents) = number.split_once('.').unwrap_or((number, "00"));
        whole.parse::<u64>().unwrap() * 100 + cents.parse::<u64>().unwrap()
    };
    assert_eq!(shares.iter().map(|it| cents(&it["amount"])).sum::<u64>(), 30_000_000);
    assert_eq!(json["parties"].as_u64().unwrap(), shares.len() as u64);
    assert_eq!(register.history(), before);
}

#[test]
fn shares_as_csv_are_a_row_a_state() {
    let register = Register::ccm();
    let mut args =
        ["shares", "--meeting", "7msp", "--total", "USD 300000", "--only-parties", "--csv"]
            .to_vec();
    args.extend(["--leave-out", "COK,PSE,VAT"]);
    let said = register.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!((lines[0], lines.len()), ("code,State,rate,adjusted,share", 98));
    assert!(lines.contains(&"DEU,Germany,6.389,13.030532,USD 39091.59"), "{}", said.out);
}

#[test]
fn amounts_and_rates_are_read_strictly() {
    let register = Register::ccm();
    for (total, why) in [
        ("USD -5", "is negative"),
        ("XYZ 5", "is not the code of a currency"),
        ("USD 0.125", "more decimals than USD has"),
        ("300000", "is not a sum of money"),
    ] {
        let said = register.run(&["shares", "--meeting", "8msp", "--total", total]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(why), "{total}: {}", said.err);
    }
    for (rate, why) in [
        ("VAT", "gives no rate"),
        ("VAT=x", "is not a percentage"),
        ("XXX=1", "is not the code of a State"),
    ] {
        let said = register.run(&[&TOTAL[..], &["--rate", rate]].concat());
        assert_eq!(said.code, 2);
        assert!(said.err.contains(why), "{rate}: {}", said.err);
    }
}

const INVOICES: &str = "
convention: ccm
source: a fictional ledger
recorded_by: isu
on: 2017-11-01
facts:
  - { entry: 1, invoiced: { state: MOZ, year: 2018, amount: CHF 120, pay_by: 2018-03-31 } }
  - { entry: 2, invoiced: { state: FRA, year: 2018, amount: CHF 5000, pay_by: the opening of 8msp } }
  - { entry: 3, contributed: { state: MOZ, to: 2018, amount: USD 100, rate: 0.98, on: 2018-03-01 } }
";

#[test]
fn invoices_show_what_is_due_paid_and_outstanding() {
    let register = Register::ccm();
    let file = register.file("ledger.yaml", INVOICES);
    assert_eq!(register.run(&["record", &file]).code, 0);
    let args = ["invoices", "--year", "2018", "--as-at", "2018-05-01"];
    let said = register.run(&[&args[..], &["--csv"]].concat());
    assert_eq!(
        said.out.lines().collect::<Vec<_>>(),
        [
            "code,State,due,pay by,paid,outstanding",
            "FRA,France,CHF 5000,2018-09-03,,CHF 5000",
            "MOZ,Mozambique,CHF 120,2018-03-31 (past),CHF 98,CHF 22",
        ]
    );
    let json = register.json(&args);
    assert_eq!(json["states"][1]["outstanding"], "CHF 22");
    assert_eq!(json["received"], "CHF 98");
    let rest = INVOICES.split("facts:").next().unwrap().to_owned()
        + "facts:\n  - { entry: 4, contributed: { state: MOZ, to: 2018, amount: CHF 22, on: 2018-04-02 } }\n";
    let file = register.file("rest.yaml", rest);
    assert_eq!(register.run(&["record", &file]).code, 0);
    // Nothing is past once nothing is outstanding.
    let csv = register.run(&[&args[..], &["--csv"]].concat()).out;
    assert!(csv.contains("MOZ,Mozambique,CHF 120,2018-03-31,CHF 120,CHF 0"), "{csv}");
    let said = register.run(&args);
    assert!(said.out.contains("the percentage of category 7(a) is not recorded"), "{}", said.out);
}

#[test]
fn an_invoice_twice_and_a_year_without_a_budget_are_shown_where_they_stand() {
    let register = Register::ccm();
    let twice = INVOICES.replace("state: FRA, year: 2018", "state: MOZ, year: 2018");
    let file = register.file("twice.yaml", twice);
    let said = register.run(&["record", &file]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("MOZ has its invoice for 2018 already"), "{}", said.err);
    let file = register.file("year.yaml", INVOICES.replace("to: 2018", "to: 2021"));
    let said = register.run(&["record", &file]);
    assert!(said.err.contains("no budget of 2021 is recorded"), "{}", said.err);
    assert_eq!(register.run(&["invoices", "--year", "2021"]).code, 1);
}

#[test]
fn finances_are_shown_whole_in_parts_and_by_year() {
    let register = Register::empty();
    assert_eq!(register.run(&["record", "fixtures/example"]).code, 0);
    let day = ["--as-at", "2005-12-31"];
    let whole = register.run(&[&["finances"], &day[..]].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    for phrase in [
        "Contributions",
        "Adopted, completed and amended by: the States parties",
        "Friends of Example Lighthouses (fictional)",
        "by the scale",
        "less than",
    ] {
        assert!(whole.out.contains(phrase), "{phrase}: {}", whole.out);
    }
    let csv = register.run(&[&["finances", "contributions", "--csv"], &day[..]].concat());
    let lines: Vec<&str> = csv.out.lines().collect();
    assert_eq!(lines[0], "date,code,from,to,amount,counted,allocation,source");
    assert!(
        lines[1].starts_with(
            "2005-01-10,,Friends of Example Lighthouses (fictional),reserve,USD 1000,EUR 763.40,,"
        ),
        "{}",
        lines[1]
    );
    let paid =
        register.json(&[&["finances", "contributions", "--year", "2005"], &day[..]].concat());
    assert!(paid.as_array().unwrap().iter().all(|it| it["to"] == "2005"), "{paid}");
    let rates = register.json(&["finances", "rates", "--year", "2005"]);
    assert_eq!(rates.as_array().unwrap().len(), 6);
    let whole = register.json(&["finances"]);
    assert_eq!(whole["procedures"]["categories"][0]["percentage"], "30");
    for (args, code, why) in [
        (&["finances", "rates"][..], 1, "add `--year 2017`"),
        (&["finances", "rates", "--year", "1990"], 1, "no scale of assessments is recorded"),
        (&["finances", "--csv"], 2, "PART"),
        (&["finances", "money"], 2, "contributions"),
    ] {
        let said = register.run(args);
        assert_eq!((said.code, said.err.contains(why)), (code, true), "{args:?}: {}", said.err);
    }
}
