//! The money of the Convention as its sources have it: figures, bounds, and what is not known.

use chancery_finance::Payers;
use chancery_kernel::{Money, StateCode};
use chancery_projections::{At, FindingRule, SharesAt, SharesRefused, WhatIf};
use chancery_tests::{ccm, ccm_and};
use jiff::civil::{Date, date};

const AFTER: Date = date(2017, 9, 6);

/// The parties without a rate of the United Nations.
const WITHOUT_A_RATE: [&str; 3] = ["COK", "PSE", "VAT"];

fn state(code: &str) -> StateCode {
    code.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn year(year: u16) -> chancery_finance::Year {
    year.try_into().unwrap()
}

/// Only the parties with a rate pay.
fn parties_alone() -> WhatIf {
    WhatIf {
        leave_out: WITHOUT_A_RATE.map(state).into(),
        payers: Some(Payers::StatesParties),
        ..WhatIf::default()
    }
}

fn shares(at: &At<'_>, total: &str, what_if: &WhatIf) -> Result<SharesAt, SharesRefused> {
    at.shares(&"7msp".parse().unwrap(), money(total), what_if)
}

#[test]
fn after_annex_i_balance_and_shortfall_are_bounded() {
    let view = ccm();
    let reserve = view.at(AFTER).reserve().unwrap();
    assert_eq!(reserve.target, Some(money("CHF 400000")));
    assert_eq!(reserve.balance.unwrap().to_string(), "more than CHF 365714");
    assert_eq!(reserve.shortfall.unwrap().to_string(), "less than CHF 34286");
    assert_eq!(view.at(date(2017, 9, 5)).reserve(), None);
}

#[test]
fn the_rates_of_the_hundred_parties_add_up_to_49_031() {
    let view = ccm();
    let found = shares(&view.at(AFTER), "USD 300000", &parties_alone()).unwrap();
    assert_eq!((found.parties, found.participants), (100 - WITHOUT_A_RATE.len(), 0));
    assert_eq!(found.sum_of_rates.to_string(), "49.031");
    for (code, adjusted) in [("DEU", "13.03"), ("JPN", "19.74"), ("CHE", "2.33"), ("MOZ", "0.01")] {
        let share = found.shares.iter().find(|it| it.state.code == state(code)).unwrap();
        assert_eq!(share.adjusted.round_dp(2).to_string(), adjusted, "{code}");
    }
    let sum = found.shares.iter().map(|it| it.amount).reduce(|a, b| a.plus(b).unwrap());
    assert_eq!(sum, Some(money("USD 300000")));
    // By name, as people look for it: Côte d'Ivoire comes before Croatia.
    let at = |code: &str| found.shares.iter().position(|it| it.state.code == state(code));
    assert!(at("CRI") < at("CIV") && at("CIV") < at("HRV"));
}

#[test]
fn states_without_a_rate_are_listed_and_nothing_is_computed() {
    let view = ccm();
    let only_parties = WhatIf { leave_out: [].into(), ..parties_alone() };
    let refused = shares(&view.at(AFTER), "USD 300000", &only_parties).unwrap_err();
    assert!(refused.to_string().contains("no rate for COK, PSE, VAT; record"), "{refused}");
    // Once somebody has recorded them, it is computed.
    let view = ccm_and(
        "  - { para: 1, scale_adopted: { years: 2016-2018, rates: { COK: 0.001, PSE: 0.007, VAT: 0.001 }, on: 2017 } }\n",
    );
    let found = shares(&view.at(AFTER), "USD 300000", &only_parties).unwrap();
    assert_eq!((found.parties, found.sum_of_rates.to_string().as_str()), (100, "49.04"));
}

#[test]
fn who_takes_part_without_being_a_party_pays_too() {
    let view = ccm();
    let what_if = WhatIf { payers: None, ..parties_alone() };
    let found = shares(&view.at(AFTER), "USD 300000", &what_if).unwrap();
    let attending = view.at(AFTER).attendance(&"7msp".parse().unwrap());
    let others = attending.iter().filter(|it| {
        !matches!(
            it.category,
            chancery_meetings::Category::StateParty | chancery_meetings::Category::Organisation
        )
    });
    assert_eq!(found.participants, others.count());
    assert!(found.participants > 0 && found.sum_of_rates.to_string() != "49.031");
    assert!(found.rule.contains("article 14(1)"), "{}", found.rule);
    assert!(
        found.rule.contains("supposed, and recorded nowhere: COK does not pay"),
        "{}",
        found.rule
    );
}

#[test]
fn of_a_day_ahead_it_is_told_what_would_hold_if_nothing_more_happened() {
    let view = ccm();
    let parties = |day: Date| {
        let meeting = "8msp".parse().unwrap();
        let found = view.at(day).shares(&meeting, money("USD 300000"), &parties_alone()).unwrap();
        found.parties + WITHOUT_A_RATE.len()
    };
    // Benin and Madagascar had deposited; Sri Lanka did so on 1 March 2018.
    assert_eq!((parties(AFTER), parties(date(2018, 3, 1))), (102, 103));
    assert_eq!(parties(date(2026, 2, 3)), 103);
}

#[test]
fn the_scale_is_that_of_the_meetings_year() {
    let view = ccm_and(concat!(
        "  - { para: 1, scheduled: { meeting: 9msp, kind: msp, title: Ninth, opens_on: 2019-09-02, on: 2018-09-05 } }\n",
        "  - { para: 1, scheduled: { meeting: 11msp, kind: msp, title: Eleventh, on: 2018-09-05 } }\n",
    ));
    let at = view.at(date(2019, 1, 1));
    let found = at.shares(&"9msp".parse().unwrap(), money("USD 9"), &parties_alone()).unwrap();
    assert_eq!(found.scale.to_string(), "2019-2021");
    let refused = |meeting: &str, what_if: &WhatIf| {
        at.shares(&meeting.parse().unwrap(), money("USD 9"), what_if).unwrap_err()
    };
    let dates = refused("11msp", &parties_alone());
    assert!(matches!(dates, SharesRefused::Dates(_)), "{dates}");
    assert!(matches!(refused("99msp", &parties_alone()), SharesRefused::Meeting(_)));
    let stranger = WhatIf { leave_out: [state("USA")].into(), ..parties_alone() };
    assert_eq!(refused("9msp", &stranger), SharesRefused::NotAPayer(state("USA")));
    // Who does not pay has no rate, either.
    let both =
        WhatIf { rates: [(state("VAT"), "0.001".parse().unwrap())].into(), ..parties_alone() };
    assert_eq!(refused("9msp", &both), SharesRefused::LeftOutWithRate(state("VAT")));
}

#[test]
fn less_than_half_holds_for_39_of_100_and_names_its_denominator() {
    let view = ccm();
    let budget = view.at(AFTER).budget(year(2016)).unwrap();
    let check = budget.counts.iter().find_map(|it| it.check.clone()).unwrap();
    assert_eq!((check.contributors, check.of, check.holds), (39, 100, true));
    assert_eq!(
        check.said,
        "\"less than half\" holds for 39 of 100; the denominator is the States parties in force on 2017-09-06"
    );
    assert!(view.findings().iter().all(|it| it.rule != FindingRule::PortionDiffers));
    let view = ccm_and(
        "  - { para: 1, contributions_counted: { year: 2017, contributors: 60, portion: less_than_half, on: 2018-09-05 } }\n",
    );
    let found = view.findings();
    let finding = found.iter().find(|it| it.rule == FindingRule::PortionDiffers).unwrap();
    assert!(finding.message.contains("does not hold for 60 of 103"), "{}", finding.message);
}

#[test]
fn what_needs_the_percentages_says_so_and_computes_nothing() {
    let view = ccm();
    let budget = view.at(AFTER).budget(year(2018)).unwrap();
    assert_eq!(budget.total, None);
    assert!(budget.work_plan && budget.requests.categories.is_empty());
    assert_eq!(
        budget.requests.missing,
        [
            "the total of the budget of 2018 is not known exactly",
            "the basis of category 7(a) is not recorded",
            "the percentage of category 7(a) is not recorded",
            "the basis of category 7(b) is not recorded",
            "the percentage of category 7(b) is not recorded",
        ]
    );
    let approved: Vec<&str> = budget.approvals.iter().map(|it| it.authority.as_str()).collect();
    assert_eq!(approved, ["First Review Conference", "7msp, 7msp-41a, CCM/MSP/2017/2"]);
}

#[test]
fn an_invoice_that_the_procedures_do_not_give_and_a_missing_contributor_are_found() {
    let view = ccm_and(concat!(
        "  - { para: 1, procedures_adopted: { authority: { body: a test }, categories: [{ code: 7(a), basis: equal_share, percentage: 40 }, { code: 7(b), basis: equal_share, percentage: 60 }], on: 2018-10-01 } }\n",
        "  - { para: 1, budget_approved: { years: 2019, authority: { body: a test }, total: CHF 10300, on: 2018-10-01 } }\n",
        "  - { para: 1, invoiced: { state: MOZ, year: 2019, category: 7(a), amount: CHF 40, on: 2018-10-01 } }\n",
        "  - { para: 1, invoiced: { state: FRA, year: 2019, category: 7(b), amount: CHF 61, on: 2018-10-01 } }\n",
        "  - { para: 1, contributed: { state: FRA, to: 2019, amount: CHF 50, on: 2018-11-01 } }\n",
        "  - { para: 1, contributed: { state: MOZ, to: 2019, amount: CHF 60, allocation: [{ category: 7(a), amount: CHF 40 }], on: 2018-11-01 } }\n",
        "  - { para: 1, contributions_counted: { year: 2019, contributors: 1, on: 2019-09-01 } }\n",
    ));
    let parties = view.at(date(2019, 1, 1)).status().in_force;
    assert_eq!(parties, 103, "so 40 per cent of CHF 10,300 in equal shares is CHF 40 each");
    let rules: Vec<FindingRule> = view
        .findings()
        .iter()
        .map(|it| it.rule)
        .filter(|it| matches!(it, FindingRule::InvoiceDiffers | FindingRule::ContributorsDiffer))
        .collect();
    assert_eq!(rules, [FindingRule::InvoiceDiffers, FindingRule::ContributorsDiffer]);
    let at = view.at(date(2019, 12, 31));
    let payments = at.payments(year(2019));
    let line = |of: &chancery_projections::PaymentsAt| {
        let text = |it: Option<String>| it.unwrap_or_default();
        (
            of.state.code.to_string(),
            text(of.due.map(|it| it.to_string())),
            text(of.paid.map(|it| it.to_string())),
            text(of.outstanding.map(|it| it.to_string())),
            of.invoices[0].allocated.to_string(),
        )
    };
    let lines: Vec<_> = payments.iter().map(line).collect();
    let row = |cells: [&str; 5]| {
        let [a, b, c, d, e] = cells.map(str::to_owned);
        (a, b, c, d, e)
    };
    assert_eq!(
        lines,
        [
            row(["FRA", "CHF 61", "CHF 50", "CHF 11", "CHF 0"]),
            row(["MOZ", "CHF 40", "CHF 60", "CHF 0", "CHF 40"]),
        ]
    );
    let coverage = at.budget(year(2019)).unwrap().coverage;
    assert_eq!(
        (coverage.lower, coverage.upper),
        (Some(money("CHF 110")), Some(money("CHF 10300")))
    );
}

#[test]
fn an_invoice_for_what_nobody_is_asked_for_is_found() {
    let view = ccm_and(concat!(
        "  - { para: 1, procedures_adopted: { authority: { body: a test }, categories: [{ code: 7(c), basis: voluntary }], on: 2018-10-01 } }\n",
        "  - { para: 1, invoiced: { state: MOZ, year: 2019, category: 7(c), amount: CHF 40, on: 2018-10-02 } }\n",
    ));
    let found = view.findings();
    let finding = found.iter().find(|it| it.rule == FindingRule::InvoiceDiffers).unwrap();
    assert_eq!(
        finding.message,
        "Mozambique is invoiced CHF 40 under 7(c) for 2019; the procedures give nothing"
    );
}

#[test]
fn a_count_of_contributors_fits_the_parties_and_the_payments_of_parties() {
    let counted = |contributors: u32| {
        let facts = format!(
            concat!(
                "  - {{ para: 1, contributed: {{ state: FRA, to: 2019, amount: CHF 50, on: 2019-01-01 }} }}\n",
                // A State not party gives as well.
                "  - {{ para: 1, contributed: {{ state: AGO, to: 2019, amount: CHF 50, on: 2019-01-01 }} }}\n",
                "  - {{ para: 1, contributions_counted: {{ year: 2019, contributors: {}, on: 2019-09-01 }} }}\n",
            ),
            contributors
        );
        let view = ccm_and(&facts);
        let found = view.findings().iter().find(|it| it.rule == FindingRule::ContributorsDiffer);
        found.map(|it| it.message.clone()).unwrap_or_default()
    };
    assert_eq!(counted(1), "");
    assert!(counted(0).ends_with("counts 0 contributors; 1 are recorded"), "{}", counted(0));
    assert_eq!(counted(106), "");
    let many = counted(107);
    assert!(many.ends_with("106 States parties are in force on 2019-09-01"), "{many}");
}
